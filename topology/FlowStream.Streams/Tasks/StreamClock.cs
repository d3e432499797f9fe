namespace FlowStream.Streams.Tasks;

/// <summary>
/// Stream time of one task: the highest record timestamp less an allowance, never back. While the input pauses the wall clock carries it on
/// from where it stood when the last record moved it. It is told the wall clock and never reads one.
/// </summary>
internal sealed class StreamClock
{
    private readonly long _allowanceMs;
    private long _anchorTime = long.MinValue;
    private long _anchorNowMs;

    public StreamClock(long allowanceMs) => _allowanceMs = allowanceMs;

    /// <summary>Stream time, Unix milliseconds; <see cref="long.MinValue"/> until something is known.</summary>
    public long Time { get; private set; } = long.MinValue;

    /// <summary>Sets time to what was restored.</summary>
    public void Restore(long time, long nowMs)
    {
        Time = _anchorTime = time;
        _anchorNowMs = nowMs;
    }

    /// <summary>Takes a record's timestamp; returns whether time moved.</summary>
    public bool Observe(long timestamp, long nowMs)
    {
        var time = timestamp - _allowanceMs;
        if (time <= Time) return false;
        Time = _anchorTime = time;
        _anchorNowMs = nowMs;
        return true;
    }

    /// <summary>Where the wall clock would have carried time to; <see cref="long.MinValue"/> while no time is known.</summary>
    public long CarriedTo(long nowMs) =>
        _anchorTime == long.MinValue ? long.MinValue : Math.Max(Time, _anchorTime + Math.Max(0, nowMs - _anchorNowMs));

    /// <summary>Moves time to a point that <see cref="CarriedTo"/> gave.</summary>
    public void Carry(long time) => Time = Math.Max(Time, time);
}
