namespace FlowStream.Producers.Tests.Listeners;

/// <summary>A raw topic with a bound that tests set: it collects what it takes, and is full when they want it to be.</summary>
internal sealed class CollectingTopic : IRawTopic
{
    private readonly Lock _lock = new();
    private readonly List<byte[]> _taken = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _capacity = int.MaxValue;

    public IReadOnlyList<byte[]> Taken
    {
        get { lock (_lock) return [.. _taken]; }
    }

    /// <summary>Takes no more than this many messages in all.</summary>
    public void SetCapacity(int capacity)
    {
        lock (_lock)
        {
            _capacity = capacity;
            _room.TrySetResult();
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Completes when this many messages have been taken.</summary>
    public Task ReachedAsync(int count)
    {
        lock (_lock)
        {
            if (_taken.Count >= count) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public bool TrySend(in RawMessage message)
    {
        lock (_lock)
        {
            if (_taken.Count >= _capacity) return false;
            _taken.Add(message.Payload.ToArray());
            foreach ((int count, TaskCompletionSource reached) in _waiting)
                if (_taken.Count >= count) reached.TrySetResult();
            return true;
        }
    }

    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        Task room;
        lock (_lock)
        {
            if (_taken.Count < _capacity) return;
            room = _room.Task;
        }
        await room.WaitAsync(cancellation);
    }
}
