using System.Buffers.Binary;
using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// The translated addresses of one message as bytes: which are present, then source address and port, destination address and port.
/// </summary>
internal static class NatBlob
{
    /// <summary>Number of bytes.</summary>
    public const int Bytes = 1 + (2 * (16 + 4));

    private const int SourceAddress = 1;
    private const int SourcePort = 2;
    private const int DestinationAddress = 4;
    private const int DestinationPort = 8;

    /// <summary>Writes what <paramref name="e"/> says.</summary>
    /// <returns>False when it says nothing.</returns>
    public static bool TryWrite(SessionEvent e, Span<byte> destination)
    {
        int present = (e.Has(Field.NatSourceAddress) ? SourceAddress : 0)
            | (e.Has(Field.NatSourcePort) ? SourcePort : 0)
            | (e.Has(Field.NatDestinationAddress) ? DestinationAddress : 0)
            | (e.Has(Field.NatDestinationPort) ? DestinationPort : 0);
        destination[0] = (byte)present;
        WriteAddress(destination[1..], e.Address(Field.NatSourceAddress));
        BinaryPrimitives.WriteInt32LittleEndian(destination[17..], (int)e.Number(Field.NatSourcePort));
        WriteAddress(destination[21..], e.Address(Field.NatDestinationAddress));
        BinaryPrimitives.WriteInt32LittleEndian(destination[37..], (int)e.Number(Field.NatDestinationPort));
        return present != 0;
    }

    /// <summary>The source address, or null.</summary>
    public static IpAddress? Source(ReadOnlySpan<byte> blob) => (blob[0] & SourceAddress) == 0 ? null : ReadAddress(blob[1..]);

    /// <summary>The source port, or null.</summary>
    public static int? PortOfSource(ReadOnlySpan<byte> blob) =>
        (blob[0] & SourcePort) == 0 ? null : BinaryPrimitives.ReadInt32LittleEndian(blob[17..]);

    /// <summary>The destination address, or null.</summary>
    public static IpAddress? Destination(ReadOnlySpan<byte> blob) => (blob[0] & DestinationAddress) == 0 ? null : ReadAddress(blob[21..]);

    /// <summary>The destination port, or null.</summary>
    public static int? PortOfDestination(ReadOnlySpan<byte> blob) =>
        (blob[0] & DestinationPort) == 0 ? null : BinaryPrimitives.ReadInt32LittleEndian(blob[37..]);

    private static void WriteAddress(Span<byte> destination, IpAddress address)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], address.Low);
    }

    private static IpAddress ReadAddress(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));
}
