using FlowStream.Parsing;

namespace FlowStream.Sessions.Table;

/// <summary>
/// The addresses that share their first bits, as <c>source-prefix</c> of <c>show security flow session</c> names them. An IPv4 prefix
/// holds IPv4 addresses only and an IPv6 prefix IPv6 addresses only, also <c>::/0</c>.
/// </summary>
public readonly record struct AddressPrefix
{
    private const int Bits = 128;
    private const int IPv4Bits = 32;

    private readonly IpAddress _network;
    private readonly IpAddress _mask;
    private readonly bool _isIPv4;

    private AddressPrefix(IpAddress address, int bits)
    {
        _mask = new IpAddress(Ones(bits), Ones(bits - 64));
        _network = new IpAddress(address.High & _mask.High, address.Low & _mask.Low);
        _isIPv4 = bits >= Bits - IPv4Bits && _network.IsIPv4;
    }

    /// <summary>True when <paramref name="address"/> begins with the prefix.</summary>
    public bool Contains(IpAddress address) =>
        (address.High & _mask.High) == _network.High && (address.Low & _mask.Low) == _network.Low && address.IsIPv4 == _isIPv4;

    /// <summary>
    /// Reads <c>198.51.100.0/24</c>, <c>2001:db8::/32</c>, an address alone, and Junos' short form <c>10/8</c>, whose missing octets are 0.
    /// Bits after the prefix do not count.
    /// </summary>
    /// <returns>False when <paramref name="text"/> is none of these.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out AddressPrefix prefix)
    {
        prefix = default;
        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> number = slash < 0 ? text : text[..slash];
        if (!IpAddress.TryParse(number, out IpAddress address) && (slash < 0 || !TryParseShort(number, out address))) return false;
        // An IPv4 address that is written as IPv6 has an IPv6 prefix.
        int family = number.Contains((byte)':') ? Bits : IPv4Bits;
        int length = family;
        if (slash >= 0 && (!TryParseLength(text[(slash + 1)..], out length) || length > family)) return false;
        prefix = new AddressPrefix(address, Bits - family + length);
        return true;
    }

    private static bool TryParseLength(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text.Length is 0 or > 3) return false;
        foreach (byte b in text)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            length = (length * 10) + (b - '0');
        }
        return true;
    }

    private static bool TryParseShort(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        int missing = 3 - text.Count((byte)'.');
        if (missing is < 1 or > 3 || text.Length > 11 || text.Contains((byte)':')) return false;
        Span<byte> full = stackalloc byte[17];
        text.CopyTo(full);
        int length = text.Length;
        for (; missing > 0; missing--)
        {
            ".0"u8.CopyTo(full[length..]);
            length += 2;
        }
        return IpAddress.TryParse(full[..length], out address);
    }

    // The highest bits of 64, at most all of them.
    private static ulong Ones(int bits) => bits <= 0 ? 0 : bits >= 64 ? ulong.MaxValue : ulong.MaxValue << (64 - bits);
}
