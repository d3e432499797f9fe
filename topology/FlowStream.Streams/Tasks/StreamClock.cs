namespace FlowStream.Streams.Tasks;

/// <summary>
/// Stream time of one task: the highest record timestamp less an allowance, never back. While the input pauses the wall clock carries it on
/// from where it stood when the last record moved it. It is told the wall clock and never reads one.
/// </summary>
/// <remarks>
/// Where records come from several tasks of the stage before, each of them has a time of its own, and the least counts: one that is ahead
/// in a replay must not end what the others still have to say. One that was silent for a while is waited for no longer.
/// </remarks>
internal sealed class StreamClock
{
    // More than a topic has partitions; a number beyond it comes from a damaged record.
    private const int MaxSources = 4096;

    private readonly long _allowanceMs;
    private readonly StageSources? _expected;

    // The first is for records that do not say where they come from: together they are one more source.
    private readonly List<(long Time, long HeardMs)> _sources = [];
    private long _anchorTime = long.MinValue;
    private long _anchorNowMs;

    public StreamClock(long allowanceMs, StageSources? sources = null)
    {
        _allowanceMs = allowanceMs;
        _expected = sources;
    }

    /// <summary>Stream time, Unix milliseconds; <see cref="long.MinValue"/> until something is known.</summary>
    public long Time { get; private set; } = long.MinValue;

    /// <summary>Sets time to what was restored.</summary>
    public void Restore(long time, long nowMs)
    {
        Time = _anchorTime = time;
        _anchorNowMs = nowMs;
        _sources.Clear();
        if (_expected is null) return;
        _sources.Add((long.MinValue, long.MinValue));
        for (var i = 0; i < _expected.Expected; i++) _sources.Add((time, nowMs));
    }

    /// <summary>Takes a record's timestamp; returns whether time moved.</summary>
    public bool Observe(long timestamp, long nowMs) => MoveTo(timestamp - _allowanceMs, nowMs);

    /// <summary>Takes the timestamp of a record of one source; returns whether time moved.</summary>
    public bool Observe(int source, long timestamp, long nowMs)
    {
        if (source >= MaxSources) return false;
        var place = Math.Max(source, -1) + 1;
        while (_sources.Count <= place) _sources.Add((long.MinValue, long.MinValue));
        _sources[place] = (Math.Max(_sources[place].Time, timestamp - _allowanceMs), nowMs);
        return MoveTo(Least(nowMs), nowMs);
    }

    /// <summary>Where the wall clock would have carried time to; <see cref="long.MinValue"/> while no time is known.</summary>
    public long CarriedTo(long nowMs) => _sources.Count > 1 || (_sources.Count == 1 && _sources[0].HeardMs != long.MinValue)
        ? Math.Max(Time, Least(nowMs))
        : _anchorTime == long.MinValue ? long.MinValue : Math.Max(Time, _anchorTime + Math.Max(0, nowMs - _anchorNowMs));

    /// <summary>Moves time to a point that <see cref="CarriedTo"/> gave.</summary>
    public void Carry(long time) => Time = Math.Max(Time, time);

    private bool MoveTo(long time, long nowMs)
    {
        if (time <= Time) return false;
        Time = _anchorTime = time;
        _anchorNowMs = nowMs;
        return true;
    }

    // Each source is carried on by the wall clock; of those that were heard of lately the least, and when all are silent the highest.
    private long Least(long nowMs)
    {
        long least = long.MaxValue, highest = long.MinValue;
        foreach (var (time, heardMs) in _sources)
        {
            if (heardMs == long.MinValue) continue;
            var silent = Math.Max(0, nowMs - heardMs);
            var carried = time == long.MinValue ? long.MinValue : time + silent;
            highest = Math.Max(highest, carried);
            if (silent < _expected!.IdleAfterMs) least = Math.Min(least, carried);
        }
        return least == long.MaxValue ? highest : least;
    }
}
