namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads a time at the start of a text, in the forms of relays, collectors and older releases:
/// <list type="bullet">
/// <item>RFC 5424: <c>2026-05-01T08:28:10.933Z</c>, also with a blank or a tab for the <c>T</c>, and with a blank for a leading
/// zero.</item>
/// <item>RFC 3164 section 4.1.2: <c>May  1 08:28:10</c>, the day padded with a blank, a zero or nothing; with a fraction; with a year
/// before or after the time of day (Junos <c>time-format year millisecond</c>: <c>May  1 08:28:10.933 2026</c>).</item>
/// </list>
/// A time ends at a blank or at the end of the text.
/// </summary>
internal static class StampReader
{
    private const int YearDigits = 4;
    private const int UsualBytes = 15;

    // Where the two digits of a month, a day, an hour, a minute and a second begin.
    private static ReadOnlySpan<byte> Pairs => [5, 8, 11, 14, 17];

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads the time at the start of <paramref name="text"/>.</summary>
    /// <param name="text">The message from the time on.</param>
    /// <param name="time">The time.</param>
    /// <param name="length">How many bytes it takes.</param>
    /// <param name="repair"><see cref="Repair.Timestamp"/> when zeros were missing.</param>
    /// <returns>False when there is no time.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DeviceTime time, out int length, out Repair repair)
    {
        (time, length, repair) = (default, 0, Repair.None);
        if (text.Length < "Jan 1 00:00:00".Length) return false;
        return char.IsAsciiDigit((char)text[0])
            ? text.Length >= TimestampReader.DateAndTimeBytes && text[4] == '-' && TryReadDated(text, out time, out length, out repair)
            : text[3] == ' ' && TryReadNamed(text, out time, out length, out repair);
    }

    /// <summary>
    /// Reads <c>May  1 08:28:10</c> before one blank and a word that is no number: nearly all times of RFC 3164. It is the same time that
    /// the reader of all forms finds.
    /// </summary>
    public static bool TryReadUsual(ReadOnlySpan<byte> text, out DeviceTime time, out int length)
    {
        (time, length) = (default, UsualBytes);
        if (text.Length <= UsualBytes + 1 || text[3] != ' ' || text[6] != ' ' || text[UsualBytes] != ' ' || text[UsualBytes + 1] <= '9')
            return false;
        int month = Month(text), tens = text[4] == ' ' ? 0 : text[4] - '0', ones = text[5] - '0';
        if (month == 0 || (uint)tens > 9 || (uint)ones > 9) return false;
        int day = (tens * 10) + ones;
        if (!CalendarDate.Exists(DeviceTime.YearOfNone, month, day)) return false;
        if (!TimestampReader.TryReadTimeOfDay(text[7..UsualBytes], out _, out int milliseconds)) return false;
        int days = CalendarDate.DaysSinceEpoch(DeviceTime.YearOfNone, month, day);
        time = new DeviceTime((days * CalendarDate.MillisecondsPerDay) + milliseconds, null, HasYear: false);
        return true;
    }

    /// <summary>True for the English name of a month in three letters, which begins a time of RFC 3164.</summary>
    public static bool IsMonth(ReadOnlySpan<byte> text) => Month(text) > 0;

    private static bool TryReadDated(ReadOnlySpan<byte> text, out DeviceTime time, out int length, out Repair repair)
    {
        ReadOnlySpan<byte> rest = text[TimestampReader.DateAndTimeBytes..];
        int end = rest.IndexOfAny(HeaderBytes.Blanks);
        length = TimestampReader.DateAndTimeBytes + (end < 0 ? rest.Length : end);
        (time, repair) = (default, Repair.None);
        if (length > TimestampReader.MaxBytes) return false;
        Span<byte> copy = stackalloc byte[TimestampReader.MaxBytes];
        text[..length].CopyTo(copy);
        if (copy[10] is (byte)' ' or (byte)'\t') copy[10] = (byte)'T';
        foreach (byte position in Pairs)
        {
            if (copy[position] != ' ') continue;
            copy[position] = (byte)'0';
            repair = Repair.Timestamp;
        }
        if (!TimestampReader.TryRead(copy[..length], out time)) return false;
        if (TimestampReader.HasShortOffset(copy[..length])) repair = Repair.Timestamp;
        return true;
    }

    private static bool TryReadNamed(ReadOnlySpan<byte> text, out DeviceTime time, out int length, out Repair repair)
    {
        (time, length, repair) = (default, 0, Repair.None);
        int month = Month(text), position = 3;
        if (month == 0 || !TryReadNumber(text, ref position, 2, out int day)) return false;
        bool hasYear = TryReadNumber(text, ref position, YearDigits, out int year, YearDigits);
        SkipSpaces(text, ref position);
        if (!TryReadClock(text, ref position, out int milliseconds, out repair)) return false;
        if (!hasYear) hasYear = TryReadNumber(text, ref position, YearDigits, out year, YearDigits);
        if (!hasYear) year = DeviceTime.YearOfNone;
        if (!CalendarDate.Exists(year, month, day)) return false;
        length = position;
        time = new DeviceTime(
            (CalendarDate.DaysSinceEpoch(year, month, day) * CalendarDate.MillisecondsPerDay) + milliseconds, null, hasYear);
        return true;
    }

    private static int Month(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3) return 0;
        for (int i = 0; i < Months.Length; i += 3)
        {
            if (Months[i] == text[0] && Months[i + 1] == text[1] && Months[i + 2] == text[2]) return (i / 3) + 1;
        }
        return 0;
    }

    // A number after blanks that a blank ends, or the end of the text; leaves the position alone when there is none.
    private static bool TryReadNumber(ReadOnlySpan<byte> text, ref int position, int mostDigits, out int number, int leastDigits = 1)
    {
        int start = position;
        SkipSpaces(text, ref start);
        int digits = Digits.Count(text[start..], mostDigits + 1);
        number = 0;
        if (start == position || digits < leastDigits || digits > mostDigits) return false;
        int end = start + digits;
        if (end < text.Length && text[end] is not ((byte)' ' or (byte)'\t')) return false;
        foreach (byte digit in text[start..end]) number = (number * 10) + digit - '0';
        position = end;
        return true;
    }

    // Two blanks in front of an hour may be one that separates and one for a zero; then the hour is read with it.
    private static bool TryReadClock(ReadOnlySpan<byte> text, ref int position, out int milliseconds, out Repair repair)
    {
        const int Bytes = 8;
        repair = Repair.None;
        milliseconds = 0;
        Span<byte> copy = stackalloc byte[TimestampReader.MaxBytes];
        if (position + 1 < text.Length && text[position + 1] == ':') position--;
        if (text.Length - position < Bytes) return false;
        ReadOnlySpan<byte> rest = text[(position + Bytes)..];
        int end = rest.IndexOfAny(HeaderBytes.Blanks);
        int length = Bytes + (end < 0 ? rest.Length : end);
        if (length > copy.Length) return false;
        text.Slice(position, length).CopyTo(copy);
        for (int pair = 0; pair < Bytes; pair += 3)
        {
            if (copy[pair] != ' ') continue;
            copy[pair] = (byte)'0';
            repair = Repair.Timestamp;
        }
        // Some relays put a colon behind the time.
        int colon = copy[length - 1] == ':' ? 1 : 0;
        ReadOnlySpan<byte> clock = copy[..(length - colon)];
        if (!TimestampReader.TryReadTimeOfDay(clock, out int read, out milliseconds) || read != clock.Length) return false;
        position += length;
        return true;
    }

    private static void SkipSpaces(ReadOnlySpan<byte> text, ref int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t') position++;
    }
}
