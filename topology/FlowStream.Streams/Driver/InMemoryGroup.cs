namespace FlowStream.Streams.Driver;

/// <summary>
/// A consumer group over one topic with cooperative rebalancing: a change of members raises the generation; a member hears of it at its
/// next poll, gives up what is no longer its own and takes what is free.
/// </summary>
internal sealed class InMemoryGroup
{
    private readonly List<InMemoryConsumer> _members = [];
    private readonly InMemoryConsumer?[] _owners;
    private readonly long?[] _committed;
    private readonly long[] _pendingProducer;
    private readonly long[] _pendingOffset;

    public InMemoryGroup(InMemoryTopic topic)
    {
        Topic = topic;
        var partitions = topic.Partitions.Length;
        _owners = new InMemoryConsumer?[partitions];
        _committed = new long?[partitions];
        _pendingOffset = new long[partitions];
        _pendingProducer = new long[partitions];
        Array.Fill(_pendingProducer, -1);
    }

    public InMemoryTopic Topic { get; }

    public int Generation { get; private set; }

    /// <summary>Changes whenever a member may have something to take or give up.</summary>
    public int Version { get; private set; }

    /// <summary>Whether each partition is with the member it is meant for; a group without members waits for nobody.</summary>
    public bool IsSettled
    {
        get
        {
            for (var i = 0; i < _owners.Length; i++)
            {
                if (!ReferenceEquals(_owners[i], Target(i)) || _owners[i]?.DiedAtMs is not null) return false;
            }

            return true;
        }
    }

    public bool Contains(InMemoryConsumer member) => _members.Contains(member);

    public void Join(InMemoryConsumer member)
    {
        _members.Add(member);
        Generation++;
        Version++;
    }

    /// <summary>Takes a member out; its partitions are free at once.</summary>
    public void Remove(InMemoryConsumer member)
    {
        if (!_members.Remove(member)) return;
        for (var i = 0; i < _owners.Length; i++)
        {
            if (ReferenceEquals(_owners[i], member)) _owners[i] = null;
        }

        Generation++;
        Version++;
    }

    /// <summary>Members whose process died.</summary>
    public void RemoveDead(long nowMs, long sessionTimeoutMs)
    {
        for (var i = _members.Count - 1; i >= 0; i--)
        {
            if (_members[i].DiedAtMs is { } died && nowMs - died >= sessionTimeoutMs) Remove(_members[i]);
        }
    }

    /// <summary>What <paramref name="member"/> has and should not have.</summary>
    public List<int> ToRevoke(InMemoryConsumer member) =>
        [.. Enumerable.Range(0, _owners.Length).Where(p => ReferenceEquals(_owners[p], member) && !ReferenceEquals(Target(p), member))];

    public void Release(IEnumerable<int> partitions)
    {
        foreach (var partition in partitions) _owners[partition] = null;
        Version++;
    }

    /// <summary>Gives <paramref name="member"/> what is free and meant for it.</summary>
    public List<int> Take(InMemoryConsumer member)
    {
        var taken = new List<int>();
        for (var partition = 0; partition < _owners.Length; partition++)
        {
            if (_owners[partition] is not null || !ReferenceEquals(Target(partition), member)) continue;
            _owners[partition] = member;
            taken.Add(partition);
        }

        return taken;
    }

    /// <summary>The committed offset; <paramref name="isPending"/> when an open transaction is about to change it.</summary>
    public long? Committed(int partition, out bool isPending)
    {
        isPending = _pendingProducer[partition] >= 0;
        return _committed[partition];
    }

    public void AddPending(long producerId, int partition, long offset)
    {
        _pendingProducer[partition] = producerId;
        _pendingOffset[partition] = offset;
    }

    /// <summary>Commits an offset without a transaction.</summary>
    public void Commit(int partition, long offset) => _committed[partition] = offset;

    public void EndTransaction(long producerId, bool commit)
    {
        for (var i = 0; i < _pendingProducer.Length; i++)
        {
            if (_pendingProducer[i] != producerId) continue;
            _pendingProducer[i] = -1;
            if (commit) _committed[i] = _pendingOffset[i];
        }
    }

    private InMemoryConsumer? Target(int partition) => _members.Count == 0 ? null : _members[partition % _members.Count];
}
