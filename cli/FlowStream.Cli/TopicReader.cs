using Confluent.Kafka;
using FlowStream.Streams;

namespace FlowStream.Cli;

/// <summary>Reads a topic from its beginning or its end, committed records only, and knows when it has read all there was.</summary>
internal sealed class TopicReader : IDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly HashSet<Partition> _unread;

    /// <exception cref="KafkaException">The broker cannot be reached.</exception>
    /// <exception cref="CommandFailedException">The topic does not exist.</exception>
    public TopicReader(string bootstrap, IReadOnlyDictionary<string, string> client, string topic, bool fromBeginning)
    {
        _consumer = KafkaCalls.Configure(
            () => new ConsumerBuilder<byte[], byte[]>(Configuration(bootstrap, client)).SetLogHandler((_, _) => { }).Build());
        using IAdminClient admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        TopicMetadata metadata = admin.GetMetadata(topic, MetadataTimeout).Topics.Single();
        if (metadata.Error.IsError || metadata.Partitions.Count == 0)
        {
            _consumer.Dispose();
            throw new CommandFailedException($"there is no topic {topic} at {bootstrap}: {metadata.Error.Reason}");
        }
        _unread = [.. metadata.Partitions.Select(p => new Partition(p.PartitionId))];
        Offset from = fromBeginning ? Offset.Beginning : Offset.End;
        _consumer.Assign(_unread.Select(p => new TopicPartitionOffset(topic, p, from)));
    }

    /// <summary>True once the end of every partition, as it was then, has been reached.</summary>
    public bool AtEnd => _unread.Count == 0;

    /// <summary>The next record, or null when none came within <paramref name="wait"/> or the end of a partition was reached.</summary>
    public ConsumeResult<byte[], byte[]>? Next(TimeSpan wait)
    {
        ConsumeResult<byte[], byte[]>? result = _consumer.Consume(wait);
        if (result is not { IsPartitionEOF: true }) return result;
        _unread.Remove(result.Partition);
        return null;
    }

    public void Dispose() => _consumer.Dispose();

    /// <summary>The headers in the form that the topology reads.</summary>
    public static RecordHeaders HeadersOf(ConsumeResult<byte[], byte[]> result) => new(
        [.. result.Message.Headers?.Select(h => KeyValuePair.Create(h.Key, h.GetValueBytes() ?? [])) ?? []]);

    private static ConsumerConfig Configuration(string bootstrap, IReadOnlyDictionary<string, string> client)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            ClientId = "flowstream-tail",
            // Needed by the client, never used: nothing is committed and no group is joined.
            GroupId = "flowstream-tail",
            EnableAutoCommit = false,
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnablePartitionEof = true,
            CheckCrcs = true,
            FetchQueueBackoffMs = 10,
        };
        foreach ((string name, string value) in client) config.Set(name, value);
        return config;
    }
}
