using Confluent.Kafka;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>How far a stage's group has committed the topic it reads, seen from outside of the group.</summary>
internal sealed class GroupProgress : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // An answer without records comes at once when the end is reached; this bounds a broker that does not answer.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    private readonly IConsumer<Ignore, Ignore> _consumer;
    private readonly TopicPartition[] _partitions;

    public GroupProgress(string bootstrap, string group, string topic, int partitions)
    {
        _consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = group,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            // Waits for no transaction that is being committed right now.
            IsolationLevel = IsolationLevel.ReadUncommitted,
        }).Build();
        _partitions = [.. Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p))];
    }

    /// <summary>Sum of the committed offsets: records taken, in a topic whose producer writes no transactions.</summary>
    public long Committed() => _consumer.Committed(_partitions, CallTimeout).Sum(p => Math.Max(0, p.Offset.Value));

    /// <summary>
    /// Whether no record lies behind the committed offsets; the markers of transactions, which also take offsets, do not count.
    /// </summary>
    public bool IsAtEnd()
    {
        List<TopicPartitionOffset> committed = _consumer.Committed(_partitions, CallTimeout);
        _consumer.Assign(committed.Select(
            p => new TopicPartitionOffset(p.TopicPartition, p.Offset.Value < 0 ? Offset.Beginning : p.Offset)));
        try
        {
            for (int left = _partitions.Length; left > 0; left--)
                if (_consumer.Consume(EndTimeout) is not { IsPartitionEOF: true }) return false;
            return true;
        }
        finally
        {
            _consumer.Unassign();
        }
    }

    public void Dispose() => _consumer.Dispose();
}
