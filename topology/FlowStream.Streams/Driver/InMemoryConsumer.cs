using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>A group member over the in-memory log.</summary>
internal sealed class InMemoryConsumer : IInputConsumer
{
    private readonly InMemoryBroker _broker;
    private readonly FaultInjector _faults;
    private readonly List<InMemoryFetch> _fetches = [];
    private IRebalanceListener? _listener;
    private int _seenVersion = -1;
    private int _current;

    public InMemoryConsumer(InMemoryBroker broker, InMemoryGroup group, FaultInjector faults)
    {
        _broker = broker;
        Group = group;
        _faults = faults;
    }

    public InMemoryGroup Group { get; }

    /// <summary>When the process of this member died; null while it lives.</summary>
    public long? DiedAtMs { get; set; }

    /// <summary>The generation this member last heard of.</summary>
    public int Generation { get; private set; } = -1;

    public void Subscribe(IRebalanceListener listener)
    {
        _listener = listener;
        Group.Join(this);
    }

    public PollResult Poll(int timeoutMs, out ConsumedRecord record)
    {
        if (_faults.IsActive) _faults.At(FaultPoint.Poll);
        if (_seenVersion != Group.Version) Rebalance();
        for (var tried = 0; tried < _fetches.Count; tried++)
        {
            var fetch = _fetches[_current];
            var result = fetch.Next(out record);
            if (result != PollResult.Nothing)
            {
                _broker.Activity++;
                return result;
            }

            _current = (_current + 1) % _fetches.Count;
        }

        record = default;
        return PollResult.Nothing;
    }

    public long? Committed(int partition)
    {
        if (_faults.IsActive) _faults.At(FaultPoint.FetchOffset);
        var offset = Group.Committed(partition, out var isPending);
        return isPending ? throw new KafkaClientException(ClientFailure.Retriable, "The offset's transaction is open.") : offset;
    }

    public (long Start, long End) Range(int partition)
    {
        var log = Group.Topic.Partitions[partition];
        return (log.StartOffset, log.LastStableOffset);
    }

    public bool TrySeek(int partition, long offset)
    {
        if (Find(partition) is not { } fetch) return false;
        fetch.Seek(offset);
        _broker.Activity++;
        return true;
    }

    public void Pause(int partition)
    {
        if (Find(partition) is { } fetch) fetch.IsPaused = true;
    }

    public void Resume(int partition)
    {
        if (Find(partition) is { } fetch) fetch.IsPaused = false;
    }

    public void Close()
    {
        if (_fetches.Count != 0) _listener!.OnRevoked([.. _fetches.Select(fetch => fetch.Partition)]);
        Dispose();
    }

    public void Dispose()
    {
        _fetches.Clear();
        Group.Remove(this);
    }

    private InMemoryFetch? Find(int partition) => _fetches.Find(fetch => fetch.Partition == partition);

    private void Rebalance()
    {
        if (!Group.Contains(this))
        {
            List<int> lost = [.. _fetches.Select(fetch => fetch.Partition)];
            _fetches.Clear();
            if (lost.Count != 0) _listener!.OnLost(lost);
            Group.Join(this);
        }

        Generation = Group.Generation;
        var revoked = Group.ToRevoke(this);
        if (revoked.Count != 0)
        {
            _listener!.OnRevoked(revoked);
            _fetches.RemoveAll(fetch => revoked.Contains(fetch.Partition));
            Group.Release(revoked);
        }

        var taken = Group.Take(this);
        foreach (var partition in taken)
        {
            var log = Group.Topic.Partitions[partition];
            _fetches.Add(new InMemoryFetch(partition, log, Group.Committed(partition, out _) ?? log.StartOffset));
        }

        _seenVersion = Group.Version;
        _current = 0;
        _listener!.OnAssigned(taken);
        _broker.Activity++;
    }
}
