namespace FlowStream.Parsing.Headers;

/// <summary>Days of the Gregorian calendar as numbers.</summary>
internal static class CalendarDate
{
    /// <summary>Milliseconds in a day of 24 hours.</summary>
    public const long MillisecondsPerDay = 86_400_000;

    /// <summary>The last millisecond of the last year that <see cref="Exists"/> knows.</summary>
    public const long MaxUnixMilliseconds = 253_370_764_799_999;

    // A clock outside these years is no clock; inside them every offset leaves a time that DateTime can hold.
    private const int MinYear = 1970;
    private const int MaxYear = 9998;

    private static ReadOnlySpan<byte> DaysInMonth => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>True for a day that there is, of the years 1970 to 9998.</summary>
    public static bool Exists(int year, int month, int day)
    {
        if (year is < MinYear or > MaxYear || month is < 1 or > 12 || day < 1) return false;
        int days = DaysInMonth[month - 1];
        if (month == 2 && IsLeap(year)) days++;
        return day <= days;
    }

    /// <summary>Days from 1970-01-01 to a day that <see cref="Exists"/>.</summary>
    public static int DaysSinceEpoch(int year, int month, int day)
    {
        const int DaysFromYearZeroToEpoch = 719_468;
        // Years begin in March here, so that the leap day is the last of its year.
        uint y = (uint)(month > 2 ? year : year - 1);
        int dayOfYear = (int)(((153 * (uint)(month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (int)((365 * y) + (y / 4) - (y / 100) + (y / 400)) + dayOfYear - DaysFromYearZeroToEpoch;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
