using FlowStream.Parsing;

namespace FlowStream.Bandwidth;

/// <summary>How much of an address the dimensions <c>source_prefix</c> and <c>destination_prefix</c> keep.</summary>
/// <param name="IPv4">Bits of an IPv4 address, 0 to 32.</param>
/// <param name="IPv6">Bits of an IPv6 address, 0 to 128.</param>
public readonly record struct PrefixLengths(int IPv4, int IPv6)
{
    /// <summary>Networks as sites number them: /24, and /48 as RFC 6177 has it for a site.</summary>
    public static readonly PrefixLengths Default = new(24, 48);

    /// <summary>Longest text of a network in bytes.</summary>
    public const int MaxTextBytes = IpAddress.MaxTextBytes + 4;

    // An IPv4 address is held in the last 32 bits of 128.
    private const int MappedBits = 96;

    /// <summary>The network that holds <paramref name="address"/>: its other bits are zero.</summary>
    public IpAddress Of(IpAddress address)
    {
        int bits = address.IsIPv4 ? MappedBits + IPv4 : IPv6;
        UInt128 mask = bits == 0 ? 0 : UInt128.MaxValue << (128 - bits);
        UInt128 network = new UInt128(address.High, address.Low) & mask;
        return new IpAddress((ulong)(network >> 64), (ulong)network);
    }

    /// <summary>Writes the network that holds <paramref name="address"/> as text, such as <c>192.0.2.0/24</c>.</summary>
    /// <param name="address">The address.</param>
    /// <param name="destination">At least <see cref="MaxTextBytes"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    public int Format(IpAddress address, Span<byte> destination)
    {
        int length = Of(address).Format(destination);
        destination[length++] = (byte)'/';
        (address.IsIPv4 ? IPv4 : IPv6).TryFormat(
            destination[length..], out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        return length + digits;
    }
}
