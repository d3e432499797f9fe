namespace FlowStream.Bandwidth;

/// <summary>Time cut into windows of one size that neither overlap nor leave gaps, aligned to the Unix epoch and so to UTC.</summary>
public sealed class TumblingWindows
{
    /// <summary>Latest time that is placed, Unix milliseconds: the end of the year 9999, the last with four digits.</summary>
    public const long LastMs = 253_402_300_799_999;

    /// <summary>The base windows of one minute: what people read bandwidth by.</summary>
    public static readonly TumblingWindows OneMinute = new(60_000);

    /// <summary>Windows of five minutes, added up from those of one.</summary>
    public static readonly TumblingWindows FiveMinutes = new(5 * 60_000);

    /// <summary>Windows of an hour, added up from those of one minute.</summary>
    public static readonly TumblingWindows OneHour = new(60 * 60_000);

    /// <summary>Makes windows of <paramref name="sizeMs"/> milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public TumblingWindows(long sizeMs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sizeMs);
        SizeMs = sizeMs;
    }

    /// <summary>Length of a window in milliseconds.</summary>
    public long SizeMs { get; }

    /// <summary>
    /// Number of the window that holds <paramref name="timeMs"/>, counted from the epoch. Times before the epoch or after
    /// <see cref="LastMs"/>, which no working clock gives, count as those two.
    /// </summary>
    public long IndexOf(long timeMs) => Math.Clamp(timeMs, 0, LastMs) / SizeMs;

    /// <summary>Start of window <paramref name="index"/>, inclusive, Unix milliseconds.</summary>
    public long StartOf(long index) => index * SizeMs;

    /// <summary>End of window <paramref name="index"/>, exclusive, Unix milliseconds.</summary>
    public long EndOf(long index) => (index + 1) * SizeMs;
}
