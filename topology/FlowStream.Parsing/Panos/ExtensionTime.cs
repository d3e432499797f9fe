using System.Buffers.Text;
using FlowStream.Parsing.Headers;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Reads the times of CEF extensions and LEEF attributes ("ArcSight Common Event Format", date formats): <c>May 01 2026 08:28:10</c>, with
/// a fraction and a zone where they are printed, and milliseconds since 1970.
/// </summary>
internal static class ExtensionTime
{
    // "May 1 2026 08:28:10" to "May 01 2026 08:28:10.123456789 GMT+02:00".
    private const int MinBytes = 19;
    private const int MaxBytes = 40;
    private const int TimeOfDayBytes = 8;

    // Thirteen digits are the milliseconds of the years 2001 to 2286.
    private const int EpochDigits = 13;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads the whole of <paramref name="text"/>.</summary>
    /// <returns>False when it is no time of these forms.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DeviceTime time)
    {
        time = default;
        if (text.Length == EpochDigits && ValueReader.TryReadNumber(text, out ulong milliseconds))
        {
            time = new DeviceTime((long)milliseconds, 0);
            return true;
        }
        if (text.Length is < MinBytes or > MaxBytes || text[3] != ' ') return false;
        int month = Months.IndexOf(text[..3]);
        if (month < 0 || month % 3 != 0) return false;
        // The day has one digit, two, or a blank and one.
        int year = text[5] == ' ' ? 6 : 7;
        if (text[year - 1] != ' ' || text[year + 4] != ' ') return false;
        return TryReadParts((month / 3) + 1, text[4..(year - 1)], text.Slice(year, 4), text[(year + 5)..], out time);
    }

    /// <summary>The zone that <paramref name="text"/> names, in minutes east of UTC; null for names that say no offset.</summary>
    public static short? ReadZone(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("GMT"u8) || text.StartsWith("UTC"u8)) text = text[3..];
        else if (text.SequenceEqual("Z"u8)) text = [];
        else if (text.IsEmpty || text[0] is not ((byte)'+' or (byte)'-')) return null;
        if (text.IsEmpty) return 0;
        ReadOnlySpan<byte> midnight = "2000-01-01T00:00:00+00:00"u8;
        Span<byte> stamp = stackalloc byte[midnight.Length];
        midnight.CopyTo(stamp);
        // "+0200" is short of the colon; TIMESTAMP has it.
        if (text.Length is not (5 or 6) || (text.Length == 6 && text[3] != ':')) return null;
        text[..3].CopyTo(stamp[^6..]);
        text[^2..].CopyTo(stamp[^2..]);
        return TimestampReader.TryRead(stamp, out DeviceTime time) ? time.OffsetMinutes : null;
    }

    // Written as the TIMESTAMP of RFC 5424 it is read as one.
    private static bool TryReadParts(
        int month, ReadOnlySpan<byte> day, ReadOnlySpan<byte> year, ReadOnlySpan<byte> rest, out DeviceTime time)
    {
        time = default;
        if (rest.Length < TimeOfDayBytes) return false;
        int end = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> clock = end < 0 ? rest : rest[..end];
        Span<byte> stamp = stackalloc byte[MaxBytes];
        "0000-00-00T"u8.CopyTo(stamp);
        year.CopyTo(stamp);
        Utf8Formatter.TryFormat(month, stamp[(month < 10 ? 6 : 5)..], out _);
        day.Trim((byte)' ').CopyTo(stamp[(day.Trim((byte)' ').Length == 1 ? 9 : 8)..]);
        clock.CopyTo(stamp[11..]);
        if (!TimestampReader.TryRead(stamp[..(11 + clock.Length)], out DeviceTime read)) return false;
        time = read with { OffsetMinutes = end < 0 ? read.OffsetMinutes : ReadZone(rest[(end + 1)..]) };
        return true;
    }
}
