using FlowStream.Broker.Log;

namespace FlowStream.Broker.Apis;

/// <summary>Wakes one long poll when any of its partitions has something new, or its time is over.</summary>
/// <param name="deadline">How long the poll may last, from now.</param>
/// <param name="clock">The clock.</param>
internal sealed class FetchWait(TimeSpan deadline, TimeProvider clock) : IDisposable
{
    private readonly long _started = clock.GetTimestamp();
    private readonly HashSet<PartitionLog> _watched = [];
    private volatile TaskCompletionSource _advanced = NewSource();

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    private TimeSpan Left => deadline - clock.GetElapsedTime(_started);

    /// <summary>Watches a partition until this is disposed.</summary>
    public void Watch(PartitionLog log)
    {
        if (_watched.Add(log))
            log.Advanced += OnAdvanced;
    }

    /// <summary>Forgets what happened so far.</summary>
    /// <remarks>To be called before the partitions are looked at, so that nothing in between is missed.</remarks>
    public void Arm()
    {
        if (_advanced.Task.IsCompleted)
            _advanced = NewSource();
    }

    /// <summary>Waits until a watched partition has advanced since <see cref="Arm"/>, the time is over, or the broker stops.</summary>
    public async Task WaitAsync(CancellationToken closing)
    {
        var left = Left;
        if (left > TimeSpan.Zero)
            await _advanced.Task.WaitAsync(left, clock, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var log in _watched)
            log.Advanced -= OnAdvanced;
        _watched.Clear();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnAdvanced() => _advanced.TrySetResult();
}
