using System.Globalization;
using System.Text;

namespace FlowStream.Parsing.DeviceText;

/// <summary>Reads the values of listings.</summary>
internal static class DeviceValues
{
    // What devices print where they have no value.
    private static readonly string[] Absent = ["", "N/A", "None", "Null", "unknown"];

    private static readonly string[] TimeFormats = ["MMM d HH:mm:ss yyyy", "yyyy/MM/dd HH:mm:ss"];

    /// <summary>True when <paramref name="text"/> says that there is no value.</summary>
    public static bool IsAbsent(ReadOnlySpan<char> text)
    {
        foreach (string form in Absent)
        {
            if (text.Equals(form, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Reads a value of the given kind.</summary>
    /// <param name="kind">How.</param>
    /// <param name="text">Without blanks around it, and not absent.</param>
    /// <param name="value">The value, of the type that <see cref="DeviceSession"/> has for the kind.</param>
    /// <returns>Why it cannot be read, or <see cref="RefusalReason.None"/>.</returns>
    public static RefusalReason Read(DeviceFieldKind kind, ReadOnlySpan<char> text, out object? value)
    {
        value = null;
        switch (kind)
        {
            case DeviceFieldKind.Text:
                value = text.ToString();
                return RefusalReason.None;
            case DeviceFieldKind.Address:
                if (!TryReadAddress(text, out IpAddress address)) return RefusalReason.BadAddress;
                value = address;
                return RefusalReason.None;
            case DeviceFieldKind.LocalTime:
                if (!TryReadTime(text, out DeviceTime time)) return RefusalReason.BadTime;
                value = time;
                return RefusalReason.None;
            case DeviceFieldKind.Protocol when TryReadProtocol(text, out byte protocol):
                value = (long)protocol;
                return RefusalReason.None;
        }
        int blank = text.IndexOf(' ');
        bool read = long.TryParse(blank < 0 ? text : text[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        if (!read || number > Maximum(kind)) return RefusalReason.BadNumber;
        value = number;
        return RefusalReason.None;
    }

    /// <summary>Reads an address.</summary>
    public static bool TryReadAddress(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        Span<byte> ascii = stackalloc byte[IpAddress.MaxTextBytes];
        return text.Length <= ascii.Length && Ascii.IsValid(text)
            && IpAddress.TryParse(ascii[..Encoding.ASCII.GetBytes(text, ascii)], out address);
    }

    /// <summary>
    /// Reads a date and time: <c>Mon Sep  9 16:39:06 2013</c>, also with a zone's name before the year, or <c>2013/09/09 16:44:01</c>. The
    /// name of a zone is not unique, so it does not count.
    /// </summary>
    public static bool TryReadTime(ReadOnlySpan<char> text, out DeviceTime time)
    {
        time = default;
        string[] words = text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 6 && char.IsAsciiLetter(words[4][0])) words = [.. words[..4], words[5]];
        if (words.Length == 5) words = words[1..];
        if (!DateTime.TryParseExact(
            string.Join(' ', words), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }
        time = new DeviceTime((long)(local - DateTime.UnixEpoch).TotalMilliseconds, null);
        return true;
    }

    private static bool TryReadProtocol(ReadOnlySpan<char> text, out byte protocol)
    {
        protocol = 0;
        Span<byte> ascii = stackalloc byte[16];
        return text.Length <= ascii.Length && Ascii.IsValid(text)
            && ProtocolNames.TryFind(ascii[..Encoding.ASCII.GetBytes(text, ascii)], out protocol);
    }

    private static long Maximum(DeviceFieldKind kind) => kind switch
    {
        DeviceFieldKind.Port => ushort.MaxValue,
        DeviceFieldKind.Protocol => byte.MaxValue,
        _ => long.MaxValue,
    };
}
