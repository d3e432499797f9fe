using System.Buffers.Text;
using FlowStream.Parsing.Headers;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Reads the times of PAN-OS columns: <c>2026/05/01 08:28:10</c>, ISO 8601 where a cloud service wrote the log or the time is the one in
/// high resolution, those of <see cref="ExtensionTime"/>, and what a spreadsheet makes of them: <c>5/1/2026 8:28</c>, month first unless
/// that is no month.
/// </summary>
internal static class PanosTime
{
    private const int DateAndTimeBytes = 19;
    private const int MaxBytes = 40;
    private const int MonthsInYear = 12;
    private const int MinYear = 1970;

    /// <summary>Reads the whole of <paramref name="text"/>.</summary>
    /// <param name="text">A column without blanks around it.</param>
    /// <param name="time">The time.</param>
    /// <param name="repaired">True when it was in a spreadsheet's form.</param>
    /// <returns>False when it is no time.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DeviceTime time, out bool repaired)
    {
        repaired = false;
        time = default;
        if (text.Length > MaxBytes) return false;
        if (text.Length < DateAndTimeBytes || text[4] is not ((byte)'/' or (byte)'-') || text[10] is not ((byte)' ' or (byte)'T'))
            return ExtensionTime.TryRead(text, out time) || (repaired = TryReadSpreadsheet(text, out time));
        return text[7] == text[4] && TimestampReader.TryReadNumbers(text, out time);
    }

    private static bool TryReadSpreadsheet(ReadOnlySpan<byte> text, out DeviceTime time)
    {
        time = default;
        if (!TryReadPart(ref text, "/-"u8, out int first) || !TryReadPart(ref text, "/-"u8, out int second)
            || !TryReadPart(ref text, " "u8, out int third) || !TryReadPart(ref text, ":"u8, out int hour))
        {
            return false;
        }
        int seconds = 0;
        bool hasSeconds = text.Contains((byte)':');
        if (!(hasSeconds ? TryReadPart(ref text, ":"u8, out int minute) : TryReadPart(ref text, [], out minute))) return false;
        if (hasSeconds && !TryReadPart(ref text, [], out seconds)) return false;
        return first >= MinYear ? TryReadParts(first, second, third, hour, minute, seconds, out time)
            : first <= MonthsInYear ? TryReadParts(third, first, second, hour, minute, seconds, out time)
            : TryReadParts(third, second, first, hour, minute, seconds, out time);
    }

    // A number of one to four digits, and the separator after it: any of those given, or the end of the text when none is.
    private static bool TryReadPart(ref ReadOnlySpan<byte> text, ReadOnlySpan<byte> separators, out int number)
    {
        if (!Utf8Parser.TryParse(text, out number, out int digits) || number is < 0 or > 9999) return false;
        bool atEnd = digits == text.Length;
        if (atEnd || separators.IsEmpty) return atEnd && separators.IsEmpty;
        if (!separators.Contains(text[digits])) return false;
        text = text[(digits + 1)..];
        return true;
    }

    private static bool TryReadParts(int year, int month, int day, int hour, int minute, int second, out DeviceTime time)
    {
        time = default;
        if (month > 99 || day > 99 || hour > 99 || minute > 99 || second > 99) return false;
        Span<byte> iso = stackalloc byte[DateAndTimeBytes];
        "0000-00-00T00:00:00"u8.CopyTo(iso);
        Write(iso, year / 100);
        Write(iso[2..], year % 100);
        Write(iso[5..], month);
        Write(iso[8..], day);
        Write(iso[11..], hour);
        Write(iso[14..], minute);
        Write(iso[17..], second);
        return TimestampReader.TryRead(iso, out time);
    }

    private static void Write(Span<byte> iso, int number)
    {
        iso[0] = (byte)('0' + (number / 10));
        iso[1] = (byte)('0' + (number % 10));
    }
}
