namespace FlowStream.Streams.Threads;

/// <summary>
/// Monotonic milliseconds and the wall clock, read when asked to and remembered in between, so that records do not pay for reading a clock.
/// </summary>
internal sealed class ThreadClock
{
    private readonly TimeProvider _time;
    private readonly long _start;

    public ThreadClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Milliseconds since this was made, as of the last <see cref="Refresh"/>.</summary>
    public long NowMs { get; private set; }

    /// <summary>The wall clock in Unix milliseconds, as of the last <see cref="Refresh"/>.</summary>
    public long UtcMs { get; private set; }

    /// <summary>Reads the clocks.</summary>
    public void Refresh()
    {
        NowMs = (long)_time.GetElapsedTime(_start).TotalMilliseconds;
        UtcMs = _time.GetUtcNow().ToUnixTimeMilliseconds();
    }
}
