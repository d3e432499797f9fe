using System.Diagnostics;
using Confluent.Kafka;

namespace FlowStream.Benchmarks.EndToEnd;

/// <summary>What the Kafka client alone does on this machine against this broker: the ceiling of everything built on it.</summary>
internal static class ClientRates
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Records produced and acknowledged per second: idempotent, acks=all, no compression.</summary>
    public static double Produce(string bootstrap, string topic, byte[] value, int records)
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
        producer.Produce(topic, new Message<byte[], byte[]> { Key = keys[0], Value = value });
        producer.Flush(Patience);
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < records; i++)
            producer.Produce(topic, new Message<byte[], byte[]> { Key = keys[i % keys.Length], Value = value });
        producer.Flush(Patience);
        return records / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Records consumed per second.</summary>
    public static double Consume(string bootstrap, string topic, int partitions, int records)
    {
        using IConsumer<byte[], byte[]> consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = "bench-consume",
            EnableAutoCommit = false,
            FetchQueueBackoffMs = 10,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
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
