namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads the TIMESTAMP of RFC 5424 section 6.2.3, and what devices make of it: no zone, an hour of the zone without its leading zero, and
/// up to nine digits of the second's fraction (the RFC has six).
/// </summary>
internal static class TimestampReader
{
    private const int MaxFractionDigits = 9;
    private const int DateAndTimeBytes = 19;
    private const int MaxOffsetHours = 23;

    // A clock outside these years is no clock; inside them every offset leaves a time that DateTime can hold.
    private const int MinYear = 1970;
    private const int MaxYear = 9998;

    private static ReadOnlySpan<byte> DaysInMonth => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>Reads the whole of <paramref name="text"/>.</summary>
    /// <returns>False when it is no timestamp.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DeviceTime time)
    {
        time = default;
        if (text.Length < DateAndTimeBytes || !HasSeparators(text)) return false;
        int year = (TwoDigits(text, 0) * 100) + TwoDigits(text, 2), month = TwoDigits(text, 5), day = TwoDigits(text, 8);
        int hour = TwoDigits(text, 11), minute = TwoDigits(text, 14), second = TwoDigits(text, 17);
        if (!IsDate(year, month, day) || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59) return false;

        int position = DateAndTimeBytes;
        if (!TryReadFraction(text, ref position, out int milliseconds)) return false;
        if (!TryReadOffset(text[position..], out short? offset)) return false;
        long seconds = (((((DaysSinceEpoch(year, month, day) * 24L) + hour) * 60) + minute) * 60) + second;
        time = new DeviceTime((seconds * 1000) + milliseconds, offset);
        return true;
    }

    private static bool HasSeparators(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';

    // Far below zero when one of the two is no digit, so that every range check that follows fails.
    private static int TwoDigits(ReadOnlySpan<byte> text, int position)
    {
        int tens = text[position] - '0', ones = text[position + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -1_000_000 : (tens * 10) + ones;
    }

    private static bool IsDate(int year, int month, int day)
    {
        if (year is < MinYear or > MaxYear || month is < 1 or > 12 || day < 1) return false;
        int days = DaysInMonth[month - 1];
        if (month == 2 && IsLeap(year)) days++;
        return day <= days;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    // Years begin in March here, so that the leap day is the last of its year.
    private static int DaysSinceEpoch(int year, int month, int day)
    {
        const int DaysFromYearZeroToEpoch = 719_468;
        int y = month > 2 ? year : year - 1;
        int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (365 * y) + (y / 4) - (y / 100) + (y / 400) + dayOfYear - DaysFromYearZeroToEpoch;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref int position, out int milliseconds)
    {
        milliseconds = 0;
        if (position == text.Length || text[position] != '.') return true;
        position++;
        int digits = 0;
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
        {
            if (digits < 3) milliseconds = (milliseconds * 10) + text[position] - '0';
            digits++;
            position++;
        }
        for (int i = digits; i < 3; i++) milliseconds *= 10;
        return digits is > 0 and <= MaxFractionDigits;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out short? offsetMinutes)
    {
        offsetMinutes = null;
        if (text.IsEmpty) return true;
        if (text.Length == 1 && text[0] == 'Z')
        {
            offsetMinutes = 0;
            return true;
        }
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        int hourDigits = text.Length - 4;
        if (hourDigits is < 1 or > 2 || text[^3] != ':') return false;
        int hours = hourDigits == 2 ? TwoDigits(text, 1) : char.IsAsciiDigit((char)text[1]) ? text[1] - '0' : -1;
        int minutes = TwoDigits(text, text.Length - 2);
        if ((uint)hours > MaxOffsetHours || (uint)minutes > 59) return false;
        int offset = (hours * 60) + minutes;
        offsetMinutes = (short)(text[0] == '-' ? -offset : offset);
        return true;
    }
}
