namespace FlowStream.Streams.Threads;

/// <summary>Waits that double from one failure to the next and begin anew after a success. It holds times only and never sleeps.</summary>
internal sealed class Backoff
{
    private readonly long _minMs;
    private readonly long _maxMs;
    private long _nextMs;
    private long _untilMs = long.MinValue;

    public Backoff(TimeSpan min, TimeSpan max)
    {
        _minMs = (long)min.TotalMilliseconds;
        _maxMs = (long)max.TotalMilliseconds;
        _nextMs = _minMs;
    }

    /// <summary>Whether a wait is under way.</summary>
    public bool IsWaiting(long nowMs) => nowMs < _untilMs;

    /// <summary>Milliseconds left to wait.</summary>
    public long Remaining(long nowMs) => Math.Max(0, _untilMs - nowMs);

    /// <summary>Begins a wait.</summary>
    public void Failed(long nowMs)
    {
        _untilMs = nowMs + _nextMs;
        _nextMs = Math.Min(_maxMs, _nextMs * 2);
    }

    /// <summary>The next failure waits the shortest time again.</summary>
    public void Succeeded()
    {
        _nextMs = _minMs;
        _untilMs = long.MinValue;
    }
}
