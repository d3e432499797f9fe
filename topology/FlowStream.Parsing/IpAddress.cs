using System.Numerics;

namespace FlowStream.Parsing;

/// <summary>
/// An IPv4 or IPv6 address in 16 bytes without an object. IPv4 is held in its IPv4-mapped form (RFC 4291 section 2.5.5.2), so an
/// IPv4-mapped IPv6 address and the IPv4 address are the same value.
/// </summary>
/// <param name="High">The first eight bytes in network order, as a number.</param>
/// <param name="Low">The last eight bytes in network order, as a number.</param>
public readonly record struct IpAddress(ulong High, ulong Low)
{
    /// <summary>
    /// Longest text of an address in bytes: eight groups of four digits and an embedded IPv4 tail (RFC 4291 section 2.2).
    /// </summary>
    public const int MaxTextBytes = 45;

    private const int Groups = 8;
    private const int GroupBits = 16;

    // What HexDigits says of a byte that is no digit.
    private const byte NoDigit = 16;

    // The value of each byte as a hexadecimal digit.
    private static readonly byte[] HexDigits = [.. Enumerable.Range(0, 256).Select(HexDigitOf)];

    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>True when the address is IPv4.</summary>
    public bool IsIPv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>True for 0.0.0.0 and ::, by which devices say that there is no address.</summary>
    public bool IsUnspecified => High == 0 && (Low == 0 || Low == MappedPrefix);

    /// <summary>The IPv4 address whose four bytes in network order are <paramref name="value"/>.</summary>
    public static IpAddress FromIPv4(uint value) => new(0, MappedPrefix | value);

    /// <summary>Reads dotted IPv4 or RFC 4291 IPv6 text.</summary>
    /// <returns>False when <paramref name="text"/> is no address; a zone id (<c>%eth0</c>) is refused.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address) =>
        TryParseIPv4(text, out address) || TryParseIPv6(text, out address);

    /// <summary>Writes the address as text: dotted IPv4, or IPv6 as RFC 5952 has it.</summary>
    /// <param name="destination">At least <see cref="MaxTextBytes"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public int Format(Span<byte> destination)
    {
        if (destination.Length < MaxTextBytes)
            throw new ArgumentException($"An address needs {MaxTextBytes} bytes.", nameof(destination));
        return IsIPv4 ? DottedText.Write((uint)Low, destination) : FormatIPv6(destination);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxTextBytes];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (text.Length is < 7 or > 15) return false;
        uint value = 0;
        int octet = 0, digits = 0, dots = 0;
        foreach (byte b in text)
        {
            if (b == '.')
            {
                if (digits == 0 || ++dots > 3) return false;
                value = (value << 8) | (uint)octet;
                octet = digits = 0;
                continue;
            }
            uint digit = (uint)b - '0';
            // A leading zero means octal to some readers (RFC 6943 section 3.1.1): such text is no one address.
            if (digit > 9 || (digits > 0 && octet == 0)) return false;
            digits++;
            octet = (octet * 10) + (int)digit;
            if (octet > 255) return false;
        }
        if (dots != 3 || digits == 0) return false;
        address = FromIPv4((value << 8) | (uint)octet);
        return true;
    }

    // The framework's parser makes an object for each address; this one makes none. The groups are shifted into one number; what stands
    // before "::" is kept apart and goes to the front when the end is reached.
    private static bool TryParseIPv6(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (text.Length is < 2 or > MaxTextBytes) return false;
        IpAddress groups = default, head = default;
        int count = 0, gap = -1, start = 0;
        uint group = 0;
        if (text[0] == ':')
        {
            if (text[1] != ':') return false;
            gap = 0;
            start = 2;
        }
        for (int i = start; i < text.Length; i++)
        {
            byte b = text[i];
            uint digit = HexDigits[b];
            if (digit < NoDigit)
            {
                group = (group << 4) | digit;
                continue;
            }
            if (b == '.') return TryParseTail(text[start..], groups, head, count, gap, out address);
            if (b != ':' || (uint)(i - start - 1) > 3 || count == Groups || i + 1 == text.Length) return false;
            groups = groups.Append(group);
            count++;
            group = 0;
            if (text[i + 1] == ':')
            {
                if (gap >= 0) return false;
                gap = count;
                (head, groups) = (groups, default);
                i++;
            }
            start = i + 1;
        }
        if (start < text.Length)
        {
            if (count == Groups || text.Length - start > 4) return false;
            groups = groups.Append(group);
            count++;
        }
        return TryExpand(groups, head, count, gap, out address);
    }

    // The last two groups, written as an IPv4 address.
    private static bool TryParseTail(
        ReadOnlySpan<byte> text, IpAddress groups, IpAddress head, int count, int gap, out IpAddress address)
    {
        if (count > 6 || !TryParseIPv4(text, out address))
        {
            address = default;
            return false;
        }
        groups = groups.Append((ushort)(address.Low >> 16)).Append((ushort)address.Low);
        return TryExpand(groups, head, count + 2, gap, out address);
    }

    private static bool TryExpand(IpAddress groups, IpAddress head, int count, int gap, out IpAddress address)
    {
        address = default;
        if (gap < 0 ? count != Groups : count >= Groups) return false;
        UInt128 front = gap <= 0 ? default : new UInt128(head.High, head.Low) << (GroupBits * (Groups - gap));
        address = new IpAddress(groups.High | (ulong)(front >> 64), groups.Low | (ulong)front);
        return true;
    }

    private IpAddress Append(uint group) => new((High << GroupBits) | (Low >> (64 - GroupBits)), (Low << GroupBits) | group);

    // RFC 5952 section 4: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as "::".
    private int FormatIPv6(Span<byte> destination)
    {
        FindLongestZeroRun(out int gap, out int gapLength);
        int written = 0;
        for (int i = 0; i < Groups;)
        {
            if (i == gap)
            {
                destination[written++] = (byte)':';
                destination[written++] = (byte)':';
                i += gapLength;
                continue;
            }
            if (i > 0 && destination[written - 1] != ':') destination[written++] = (byte)':';
            uint group = Group(i++);
            for (int shift = BitOperations.Log2(group | 1) & ~3; shift >= 0; shift -= 4)
                destination[written++] = "0123456789abcdef"u8[(int)((group >> shift) & 0xF)];
        }
        return written;
    }

    private static byte HexDigitOf(int b) => char.IsAsciiHexDigit((char)b) ? Convert.ToByte(((char)b).ToString(), 16) : NoDigit;

    private void FindLongestZeroRun(out int start, out int length)
    {
        start = -1;
        length = 1;
        int run = 0;
        for (int i = 0; i < Groups; i++)
        {
            run = Group(i) == 0 ? run + 1 : 0;
            if (run <= length) continue;
            start = i + 1 - run;
            length = run;
        }
    }

    private uint Group(int index) => (ushort)((index < Groups / 2 ? High : Low) >> (48 - ((index & 3) * 16)));
}
