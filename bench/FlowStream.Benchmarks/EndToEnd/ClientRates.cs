using System.Diagnostics;
using Confluent.Kafka;
using FlowStream.Producers.Kafka;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>What the Kafka client alone does on this machine against this broker: the ceiling of everything built on it.</summary>
/// <param name="ProducedPerSecond">Records produced and acknowledged per second: idempotent, acks=all, no compression.</param>
/// <param name="ConsumedPerSecond">Records consumed per second.</param>
internal readonly record struct ClientRates(double ProducedPerSecond, double ConsumedPerSecond)
{
    private const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Produces <paramref name="records"/> to a new topic, then consumes them.</summary>
    /// <param name="bootstrap">The broker.</param>
    /// <param name="topic">A topic that does not exist.</param>
    /// <param name="valueBytes">Length of each value.</param>
    /// <param name="records">How many.</param>
    public static async Task<ClientRates> MeasureAsync(string bootstrap, string topic, int valueBytes, int records)
    {
        var options = new RawTopicOptions { Bootstrap = bootstrap, Topic = topic, Partitions = Partitions };
        await RawTopicCreation.EnsureAsync(options).ConfigureAwait(false);
        double produced = Produce(bootstrap, topic, new byte[valueBytes], records);
        return new ClientRates(produced, Consume(bootstrap, topic, records));
    }

    private static double Produce(string bootstrap, string topic, byte[] value, int records)
    {
        using IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrap,
            EnableIdempotence = true,
            LingerMs = 20,
            BatchSize = 1024 * 1024,
            QueueBufferingMaxMessages = records,
            QueueBufferingMaxKbytes = int.MaxValue,
            DeliveryReportFields = "none",
        }).Build();
        byte[][] keys = [.. Enumerable.Range(0, 1024).Select(BitConverter.GetBytes)];
        // The first record pays for the connection.
        producer.Produce(topic, new Message<byte[], byte[]> { Key = keys[0], Value = value });
        producer.Flush(Patience);
        long began = Stopwatch.GetTimestamp();
        for (int i = 1; i < records; i++)
            producer.Produce(topic, new Message<byte[], byte[]> { Key = keys[i % keys.Length], Value = value });
        int left = producer.Flush(Patience);
        if (left > 0) throw new TimeoutException("The broker stopped taking records.");
        return (records - 1) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static double Consume(string bootstrap, string topic, int records)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = "bench-consume",
            EnableAutoCommit = false,
            FetchQueueBackoffMs = 10,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        Require(consumer.Consume(Patience));
        long began = Stopwatch.GetTimestamp();
        for (int i = 1; i < records; i++) Require(consumer.Consume(Patience));
        return (records - 1) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Require(ConsumeResult<byte[], byte[]>? result)
    {
        if (result is null) throw new TimeoutException("The broker stopped delivering records.");
    }
}
