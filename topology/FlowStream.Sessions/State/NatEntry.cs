using System.Runtime.InteropServices;
using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// Translated IPv4 addresses that messages of one session share: 20 bytes in the space of 32, so that none lies on two cache lines.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct NatEntry
{
    private readonly uint _source;
    private readonly uint _destination;
    private readonly ushort _sourcePort;
    private readonly ushort _destinationPort;
    private readonly NatFields _present;

    /// <summary>How many messages state them.</summary>
    public int References;

    /// <summary>Keeps <paramref name="addresses"/>, all of them IPv4, with one reference.</summary>
    public NatEntry(in NatAddresses addresses)
    {
        _source = (uint)addresses.SourceAddress.Low;
        _destination = (uint)addresses.DestinationAddress.Low;
        _sourcePort = addresses.SourcePort;
        _destinationPort = addresses.DestinationPort;
        _present = addresses.Present;
        References = 1;
    }

    /// <summary>The addresses.</summary>
    public readonly NatAddresses Addresses => new(
        (_present & NatFields.SourceAddress) != 0 ? IpAddress.FromIPv4(_source) : default,
        (_present & NatFields.DestinationAddress) != 0 ? IpAddress.FromIPv4(_destination) : default,
        _sourcePort,
        _destinationPort,
        _present);

    /// <summary>True when every address of <paramref name="addresses"/> is IPv4 or not there.</summary>
    public static bool Holds(in NatAddresses addresses) =>
        Holds(addresses.SourceAddress, addresses.Has(NatFields.SourceAddress))
        && Holds(addresses.DestinationAddress, addresses.Has(NatFields.DestinationAddress));

    private static bool Holds(in IpAddress address, bool present) => present ? address.IsIPv4 : address == default;
}
