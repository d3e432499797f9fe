namespace FlowStream.Testing;

/// <summary>A timer of <see cref="FakeTimeProvider"/>. Its state is guarded by the provider's lock.</summary>
internal sealed class FakeTimer : ITimer
{
    private readonly FakeTimeProvider _owner;
    private readonly TimerCallback _callback;
    private readonly object? _state;

    internal FakeTimer(FakeTimeProvider owner, TimerCallback callback, object? state)
    {
        _owner = owner;
        _callback = callback;
        _state = state;
    }

    /// <summary>The timestamp at which it fires next, in ticks, or null when it is not armed.</summary>
    internal long? Due { get; set; }

    /// <summary>The ticks between firings, or null to fire once.</summary>
    internal long? Period { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => _owner.Arm(this, dueTime, period);

    public void Dispose() => _owner.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire() => _callback(_state);
}
