using Confluent.Kafka;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>Counts the committed records of a topic from its beginning to its end.</summary>
internal static class TopicCounts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Records, and different keys among them.</summary>
    /// <exception cref="TimeoutException">The broker stopped delivering records.</exception>
    public static (int Records, int Keys) Of(string bootstrap, string topic, int partitions)
    {
        using IConsumer<byte[], Ignore> consumer = new ConsumerBuilder<byte[], Ignore>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = "bench-count",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadCommitted,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var keys = new HashSet<string>();
        int records = 0;
        for (int left = partitions; left > 0;)
        {
            ConsumeResult<byte[], Ignore> result = consumer.Consume(Patience) ?? throw new TimeoutException($"{topic} cannot be read.");
            if (result.IsPartitionEOF)
            {
                left--;
                continue;
            }
            records++;
            keys.Add(Convert.ToHexString(result.Message.Key));
        }
        return (records, keys.Count);
    }
}
