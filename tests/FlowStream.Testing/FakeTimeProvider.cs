namespace FlowStream.Testing;

/// <summary>
/// A clock that stands still until it is told otherwise. Timers fire inside <see cref="Advance"/>, on the caller's thread, in the order
/// they are due, each seeing the time at which it was due. A timer that is due at once waits for the next call, even one of zero.
/// </summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _utcNow;
    private long _timestamp;

    /// <summary>A clock that starts at 2026-01-01T00:00:00Z.</summary>
    public FakeTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that starts at the given time.</summary>
    /// <param name="start">The first answer of <see cref="GetUtcNow"/>.</param>
    public FakeTimeProvider(DateTimeOffset start) => _utcNow = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are armed; a test that ends with some has left something running.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
                return _timers.Count(timer => timer.Due is not null);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _utcNow;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return _timestamp;
    }

    /// <summary>Steps the wall clock, as an administrator or NTP would: no time passes, so no timer fires. Backwards is allowed.</summary>
    /// <param name="utcNow">The new time.</param>
    public void SetUtcNow(DateTimeOffset utcNow)
    {
        lock (_lock)
            _utcNow = utcNow.ToUniversalTime();
    }

    /// <summary>Lets time pass and fires what falls due, including timers that a callback arms within the step.</summary>
    /// <param name="step">How much; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Advance(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        long end = GetTimestamp() + step.Ticks;
        while (TakeNextDue(end) is { } timer)
            timer.Fire();
        lock (_lock)
            MoveTo(end);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        lock (_lock)
            _timers.Add(timer);
        Arm(timer, dueTime, period);
        return timer;
    }

    internal bool Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (!_timers.Contains(timer))
                return false;
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : _timestamp + dueTime.Ticks;
            // As for System.Threading.Timer, a period of zero means once.
            timer.Period = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period.Ticks;
            return true;
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private FakeTimer? TakeNextDue(long end)
    {
        lock (_lock)
        {
            FakeTimer? next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next?.Due is not { } due)
                return null;
            MoveTo(Math.Max(due, _timestamp));
            next.Due = due + next.Period;
            return next;
        }
    }

    private void MoveTo(long timestamp)
    {
        _utcNow = _utcNow.AddTicks(timestamp - _timestamp);
        _timestamp = timestamp;
    }
}
