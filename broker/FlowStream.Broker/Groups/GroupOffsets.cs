using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Groups;

/// <summary>
/// The offsets of one group: those that count, and those of open transactions, which count when their marker says so.
/// Fed with the records of <c>__consumer_offsets</c> in log order, live and at start alike, so that both give the same. Not thread-safe.
/// </summary>
internal sealed class GroupOffsets
{
    private readonly Dictionary<TopicPartition, CommittedOffset> _committed = [];
    private readonly Dictionary<long, Dictionary<TopicPartition, CommittedOffset>> _pending = [];

    /// <summary>The offsets that count.</summary>
    public IReadOnlyDictionary<TopicPartition, CommittedOffset> Committed => _committed;

    /// <summary>Whether there is nothing: neither committed nor pending.</summary>
    public bool IsEmpty => _committed.Count == 0 && _pending.Count == 0;

    /// <summary>Every partition that is known here, whether its offset counts or is pending.</summary>
    public IReadOnlyCollection<TopicPartition> Partitions =>
        [.. _committed.Keys.Concat(_pending.Values.SelectMany(offsets => offsets.Keys)).Distinct()];

    /// <summary>How many partitions a commit of these would add to the group.</summary>
    public int CountNew(IEnumerable<TopicPartition> partitions) => partitions.Count(partition => !_committed.ContainsKey(partition));

    /// <summary>A plain commit.</summary>
    public void Commit(TopicPartition partition, CommittedOffset offset)
    {
        if (!_committed.TryGetValue(partition, out var present) || present.LogOffset < offset.LogOffset)
            _committed[partition] = offset;
    }

    /// <summary>A commit inside a transaction: invisible until <see cref="EndTransaction"/>.</summary>
    public void CommitPending(long producerId, TopicPartition partition, CommittedOffset offset)
    {
        if (!_pending.TryGetValue(producerId, out var offsets))
            _pending.Add(producerId, offsets = []);
        offsets[partition] = offset;
    }

    /// <summary>
    /// The marker of a transaction: its offsets count from here on, unless a later plain commit overtook them, or are forgotten.
    /// </summary>
    public void EndTransaction(long producerId, bool commit)
    {
        if (!_pending.Remove(producerId, out var offsets) || !commit)
            return;
        foreach (var (partition, offset) in offsets)
            Commit(partition, offset);
    }

    /// <summary>Whether an open transaction is about to change this partition's offset.</summary>
    public bool HasPending(TopicPartition partition) => _pending.Values.Any(offsets => offsets.ContainsKey(partition));

    /// <summary>Forgets a partition, also in open transactions.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Remove(TopicPartition partition)
    {
        var found = _committed.Remove(partition);
        foreach (var (producerId, offsets) in _pending.ToArray())
        {
            found |= offsets.Remove(partition);
            if (offsets.Count == 0)
                _pending.Remove(producerId);
        }

        return found;
    }

    /// <summary>The partitions whose offset is older than allowed and not about to change.</summary>
    /// <param name="age">From the commit to now, in milliseconds, as the group's state makes it count; negative keeps it.</param>
    /// <param name="retentionMs">How old an offset may become.</param>
    public IReadOnlyList<TopicPartition> Expired(Func<CommittedOffset, long> age, long retentionMs) =>
        [.. _committed.Where(entry => age(entry.Value) >= retentionMs && !HasPending(entry.Key)).Select(entry => entry.Key)];
}
