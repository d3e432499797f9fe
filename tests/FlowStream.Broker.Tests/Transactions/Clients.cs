using Confluent.Kafka;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>Confluent.Kafka clients with the settings that the transaction tests share.</summary>
internal static class Clients
{
    /// <summary>How long a client call may take before the test fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static IProducer<string, string> Transactional(string bootstrap, string transactionalId, int timeoutMs = 60_000) =>
        Quiet(new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrap,
            TransactionalId = transactionalId,
            TransactionTimeoutMs = timeoutMs,
            // Must not be above the transaction timeout.
            MessageTimeoutMs = Math.Min(timeoutMs, 30_000),
            LingerMs = 0,
        }));

    public static IProducer<string, string> Idempotent(string bootstrap) => Quiet(new ProducerBuilder<string, string>(new ProducerConfig
    {
        BootstrapServers = bootstrap,
        EnableIdempotence = true,
        LingerMs = 0,
    }));

    public static IConsumer<string, string> Consumer(
        string bootstrap, string group, IsolationLevel isolation = IsolationLevel.ReadCommitted) =>
        new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = bootstrap,
            GroupId = group,
            IsolationLevel = isolation,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            SessionTimeoutMs = 6000,
            AllowAutoCreateTopics = true,
        }).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();

    /// <summary>Everything that a reader sees in partition 0 up to its end.</summary>
    public static IReadOnlyList<string> ReadAll(string bootstrap, string topic, IsolationLevel isolation = IsolationLevel.ReadCommitted)
    {
        using var consumer = Consumer(bootstrap, "reader-" + topic, isolation);
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var values = new List<string>();
        while (Next(consumer) is { IsPartitionEOF: false } record)
            values.Add(record.Message.Value);
        return values;
    }

    /// <summary>The next record, or the end of the partition; fails when nothing comes.</summary>
    public static ConsumeResult<string, string> Next(IConsumer<string, string> consumer)
    {
        var record = consumer.Consume(Limit);
        Assert.True(record is not null, "nothing came in time");
        return record;
    }

    public static void Send(this IProducer<string, string> producer, string topic, params string[] values)
    {
        foreach (var value in values)
            producer.Produce(new Confluent.Kafka.TopicPartition(topic, 0), new Message<string, string> { Key = value, Value = value });
    }

    private static IProducer<string, string> Quiet(ProducerBuilder<string, string> builder) =>
        builder.SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
}
