using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>
/// Topics, groups and the transaction coordinator of one simulated cluster, as far as the runtime can tell it from Kafka.
/// </summary>
internal sealed class InMemoryBroker
{
    private readonly Dictionary<string, InMemoryTopic> _topics = [];
    private readonly Dictionary<string, InMemoryGroup> _groups = [];
    private readonly Dictionary<string, InMemoryTransaction> _transactions = [];
    private readonly List<(InMemoryTransaction Transaction, int Epoch)> _late = [];
    private readonly TopologyDriverOptions _options;
    private readonly ManualTimeProvider _time;
    private readonly long _start;

    public InMemoryBroker(TopologyDriverOptions options, ManualTimeProvider time)
    {
        _options = options;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Counts what happens, so that the driver can tell waiting from working.</summary>
    public long Activity { get; set; }

    public long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    public IEnumerable<InMemoryTopic> Topics => _topics.Values;

    public InMemoryTopic? Find(string topic) => _topics.GetValueOrDefault(topic);

    public InMemoryTopic Topic(string topic) =>
        Find(topic) ?? throw new KafkaClientException(ClientFailure.Fatal, $"Topic {topic} does not exist.");

    public void CreateTopic(string topic, int partitions, bool isDiscarded) =>
        _topics.TryAdd(topic, new InMemoryTopic(topic, partitions, isDiscarded));

    public InMemoryGroup Group(string groupId, string topic)
    {
        if (!_groups.TryGetValue(groupId, out var group)) _groups[groupId] = group = new InMemoryGroup(Topic(topic));
        return group;
    }

    /// <summary>Aborts the id's open transaction, raises its epoch and returns it with the new epoch.</summary>
    public InMemoryTransaction InitTransactions(string transactionalId)
    {
        if (!_transactions.TryGetValue(transactionalId, out var transaction))
        {
            _transactions[transactionalId] = transaction = new InMemoryTransaction(_transactions.Count);
        }

        End(transaction, commit: false);
        transaction.Epoch++;
        Activity++;
        return transaction;
    }

    public void End(InMemoryTransaction transaction, bool commit)
    {
        foreach (var partition in transaction.Partitions) partition.EndTransaction(transaction.ProducerId, commit);
        foreach (var group in transaction.Groups)
        {
            group.EndTransaction(transaction.ProducerId, commit);
            if (!_options.Recoverable) Trim(group);
        }

        transaction.Partitions.Clear();
        transaction.Groups.Clear();
        transaction.BeganAtMs = null;
        Activity++;
    }

    /// <summary>Whether some group reads the partition.</summary>
    public bool IsInput(InMemoryPartition partition)
    {
        foreach (var group in _groups.Values)
        {
            if (Array.IndexOf(group.Topic.Partitions, partition) >= 0) return true;
        }

        return false;
    }

    /// <summary>Whether every partition of every group has an owner that lives, no transaction is open and no request under way.</summary>
    public bool IsSettled
    {
        get
        {
            foreach (var group in _groups.Values)
            {
                if (!group.IsSettled) return false;
            }

            return _late.Count == 0;
        }
    }

    /// <summary>A commit request that is still on its way.</summary>
    public void CommitLater(InMemoryTransaction transaction) => _late.Add((transaction, transaction.Epoch));

    /// <summary>What happens on its own: requests arrive late, transactions expire, members that died are noticed.</summary>
    public void Tick()
    {
        foreach (var (transaction, epoch) in _late)
        {
            if (transaction.Epoch == epoch && transaction.BeganAtMs is not null) End(transaction, commit: true);
        }

        _late.Clear();
        foreach (var transaction in _transactions.Values)
        {
            if (transaction.BeganAtMs is not { } began || NowMs - began < _options.Streams.TransactionTimeout.TotalMilliseconds) continue;
            // The epoch is raised first, as the coordinator does, so that the producer that was too slow is fenced.
            transaction.Epoch++;
            End(transaction, commit: false);
        }

        foreach (var group in _groups.Values) group.RemoveDead(NowMs, (long)_options.Streams.SessionTimeout.TotalMilliseconds);
    }

    // Without faults nobody reads back behind a commit, so memory stays flat over files of any length.
    private void Trim(InMemoryGroup group)
    {
        for (var partition = 0; partition < group.Topic.Partitions.Length; partition++)
        {
            var offset = long.MaxValue;
            foreach (var reader in _groups.Values)
            {
                if (ReferenceEquals(reader.Topic, group.Topic)) offset = Math.Min(offset, reader.Committed(partition, out _) ?? 0);
            }

            group.Topic.Partitions[partition].Trim(offset);
        }
    }
}
