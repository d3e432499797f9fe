using FlowStream.Parsing.Headers;

namespace FlowStream.Parsing;

/// <summary>
/// A time as a device printed it. The parser knows no clock, so what the text leaves out (the zone, the year) stays open; whoever has the
/// record timestamp resolves it.
/// </summary>
/// <param name="LocalMilliseconds">
/// Milliseconds since 1970-01-01T00:00:00 on the wall clock that was printed; fractions of a millisecond are cut off. Without a year they
/// are those of the same day in <see cref="YearOfNone"/>.
/// </param>
/// <param name="OffsetMinutes">Minutes east of UTC that the text states, or null when it states none.</param>
/// <param name="HasYear">False when the text states no year (RFC 3164 section 4.1.2).</param>
public readonly record struct DeviceTime(long LocalMilliseconds, short? OffsetMinutes, bool HasYear = true)
{
    /// <summary>The year that stands for one that was not printed; it has a 29 February.</summary>
    public const int YearOfNone = 1972;

    // There is a 29 February at least every eight years.
    private const int MaxYearsBetweenLeapDays = 8;

    /// <summary>Unix milliseconds, or null when the text states no zone or no year.</summary>
    public long? UnixMilliseconds => HasYear && OffsetMinutes is { } offset ? LocalMilliseconds - (offset * 60_000L) : null;

    /// <summary>
    /// The same with a year: the one that puts it nearest to <paramref name="unixMilliseconds"/>. It is exact when the two are less than
    /// half a year apart, which a zone is not; of 29 February only years that have one are tried.
    /// </summary>
    public DeviceTime InYearNearest(long unixMilliseconds)
    {
        if (HasYear) return this;
        DateTime printed = DateTime.UnixEpoch.AddMilliseconds(LocalMilliseconds);
        int year = YearOf(unixMilliseconds);
        long nearest = long.MaxValue;
        for (int reach = 1; nearest == long.MaxValue && reach <= MaxYearsBetweenLeapDays; reach++)
        {
            for (int candidate = year - reach; candidate <= year + reach; candidate++)
            {
                if (TryIn(candidate, printed, out long local) && Distance(local) < Distance(nearest)) nearest = local;
            }
        }
        return new DeviceTime(nearest, OffsetMinutes);

        ulong Distance(long local) => local == long.MaxValue ? ulong.MaxValue : (ulong)Math.Abs(local - unixMilliseconds);
    }

    /// <summary>The same with a year: the last one that puts it no later than <paramref name="unixMilliseconds"/>.</summary>
    public DeviceTime InLastYearUntil(long unixMilliseconds)
    {
        if (HasYear) return this;
        DateTime printed = DateTime.UnixEpoch.AddMilliseconds(LocalMilliseconds);
        int year = YearOf(unixMilliseconds);
        long local;
        for (int candidate = year; !TryIn(candidate, printed, out local) || local > unixMilliseconds; candidate--)
        {
            // Before the first year of all there is only that year's own day.
            if (candidate < year - MaxYearsBetweenLeapDays) return this with { HasYear = true };
        }
        return new DeviceTime(local, OffsetMinutes);
    }

    private static int YearOf(long unixMilliseconds) =>
        DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(unixMilliseconds, 0, CalendarDate.MaxUnixMilliseconds)).Year;

    private static bool TryIn(int year, DateTime printed, out long local)
    {
        bool exists = CalendarDate.Exists(year, printed.Month, printed.Day);
        local = exists
            ? (CalendarDate.DaysSinceEpoch(year, printed.Month, printed.Day) * CalendarDate.MillisecondsPerDay)
                + (long)printed.TimeOfDay.TotalMilliseconds
            : 0;
        return exists;
    }
}
