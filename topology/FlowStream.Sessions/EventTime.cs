using FlowStream.Parsing;

namespace FlowStream.Sessions;

/// <summary>When a message says that it happened, resolved against the time it was received.</summary>
/// <param name="UnixMilliseconds">The time that goes into records.</param>
/// <param name="DeviceMilliseconds">
/// The same on the device's own clock, to tell sessions of one device apart: also right when that clock is wrong, as long as it runs even.
/// </param>
/// <param name="Substituted">True when the device's time was missing or too far off, and the record timestamp stands for it.</param>
internal readonly record struct EventTime(long UnixMilliseconds, long DeviceMilliseconds, bool Substituted)
{
    private const long QuarterHour = 15 * 60_000;

    // Zones reach from UTC-12 to UTC+14.
    private const long MaxOffset = 14 * 60 * 60_000;

    /// <summary>
    /// Resolves what a device printed. A year that it left out is the one nearest to <paramref name="recordTimestamp"/>; a zone that it
    /// left out is the nearest quarter of an hour.
    /// Both are exact while the device's clock when it wrote the message and the time of receipt are less than half a quarter of an hour
    /// apart.
    /// </summary>
    /// <param name="device">What it printed, or null.</param>
    /// <param name="writtenAfter">How much later it wrote the message, milliseconds.</param>
    /// <param name="recordTimestamp">When it was received, Unix milliseconds.</param>
    /// <param name="maxSkew">Furthest apart that the writing and the receipt may be, milliseconds.</param>
    public static EventTime Resolve(DeviceTime? device, long writtenAfter, long recordTimestamp, long maxSkew)
    {
        if (device is not { } stated) return new EventTime(recordTimestamp, recordTimestamp, true);
        // The year first: a zone moves a time by hours, and the nearest year is right whatever the zone.
        DeviceTime printed = stated.InYearNearest(recordTimestamp);
        long written = recordTimestamp - writtenAfter;
        long time = printed.UnixMilliseconds ?? printed.LocalMilliseconds - NearestOffset(printed.LocalMilliseconds - written);
        if (time >= 0 && Math.Abs(time - written) <= maxSkew) return new EventTime(time, time, false);
        return new EventTime(recordTimestamp, printed.UnixMilliseconds ?? printed.LocalMilliseconds, true);
    }

    private static long NearestOffset(long difference)
    {
        if (difference is < -MaxOffset - QuarterHour or > MaxOffset + QuarterHour) return 0;
        long half = difference >= 0 ? QuarterHour / 2 : -QuarterHour / 2;
        return (difference + half) / QuarterHour * QuarterHour;
    }
}
