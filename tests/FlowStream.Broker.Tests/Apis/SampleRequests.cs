using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>A well-formed request body for every API and version of topics and records; the topic is "t", its partitions 0 and 1.</summary>
internal static class SampleRequests
{
    private const int Timeout = 1000;

    /// <summary>The body's writer, or null for an API that is not one of these.</summary>
    public static Action<KafkaWriter>? Of(ApiKey key, short version) => key switch
    {
        ApiKey.Produce => writer => Produce(writer, version, acks: 1, Batch()),
        ApiKey.Fetch => writer => Fetch(writer, version),
        ApiKey.ListOffsets => writer => ListOffsets(writer, version, timestamp: -1),
        ApiKey.Metadata => writer => Metadata(writer, version, "t", "new"),
        ApiKey.ApiVersions => writer => ApiVersions(writer, version),
        ApiKey.CreateTopics => writer => CreateTopics(writer, version),
        ApiKey.DeleteTopics => DeleteTopics,
        ApiKey.DeleteRecords => writer => DeleteRecords(writer, offset: 0),
        ApiKey.OffsetForLeaderEpoch => writer => Epochs(writer, version),
        ApiKey.DescribeConfigs => writer => DescribeConfigs(writer, version),
        ApiKey.AlterConfigs => AlterConfigs,
        ApiKey.CreatePartitions => CreatePartitions,
        ApiKey.IncrementalAlterConfigs => writer => IncrementalAlter(writer, "retention.ms", 0, "5000"),
        _ => null,
    };

    public static byte[] Batch(int records = 3, int valueBytes = 10)
    {
        var builder = new RecordBatchBuilder();
        for (var index = 0; index < records; index++)
            builder.Add(timestamp: 1000 + index, "k"u8, new byte[valueBytes]);
        return builder.Build().ToArray();
    }

    public static void Produce(KafkaWriter writer, short version, short acks, byte[]? batch, string topic = "t", int partition = 0)
    {
        if (version >= 3)
            writer.WriteString(null);
        writer.WriteInt16(acks);
        writer.WriteInt32(Timeout);
        OneTopic(writer, topic, () =>
        {
            writer.WriteInt32(partition);
            if (batch is null)
                writer.WriteBytesLength(-1);
            else
                writer.WriteBytes(batch);
        });
    }

    public static void Fetch(
        KafkaWriter writer, short version, long offset = 0, int maxWait = 0, int minBytes = 1, sbyte isolation = 0, int maxBytes = 1 << 20)
    {
        writer.WriteInt32(-1);
        writer.WriteInt32(maxWait);
        writer.WriteInt32(minBytes);
        writer.WriteInt32(maxBytes);
        writer.WriteInt8(isolation);
        if (version >= 7)
        {
            writer.WriteInt32(0);
            writer.WriteInt32(-1);
        }

        OneTopic(writer, "t", () =>
        {
            writer.WriteInt32(0);
            if (version >= 9)
                writer.WriteInt32(0);
            writer.WriteInt64(offset);
            if (version >= 5)
                writer.WriteInt64(-1);
            writer.WriteInt32(1 << 20);
        });
        if (version >= 7)
            writer.WriteArrayLength(0);
        if (version >= 11)
            writer.WriteString(string.Empty);
    }

    public static void ListOffsets(KafkaWriter writer, short version, long timestamp, sbyte isolation = 0)
    {
        writer.WriteInt32(-1);
        if (version >= 2)
            writer.WriteInt8(isolation);
        OneTopic(writer, "t", () =>
        {
            writer.WriteInt32(0);
            if (version >= 4)
                writer.WriteInt32(0);
            writer.WriteInt64(timestamp);
            if (version == 0)
                writer.WriteInt32(1);
        });
    }

    public static void Metadata(KafkaWriter writer, short version, params string[]? topics)
    {
        writer.WriteArrayLength(topics?.Length ?? -1);
        foreach (var topic in topics ?? [])
            writer.WriteString(topic);
        if (version >= 4)
            writer.WriteBoolean(true);
        if (version < 8)
            return;
        writer.WriteBoolean(false);
        writer.WriteBoolean(false);
    }

    public static void CreateTopics(
        KafkaWriter writer, short version, string name = "created", int partitions = 2, short replicas = 1, string value = "1000")
    {
        writer.WriteArrayLength(1);
        writer.WriteString(name);
        writer.WriteInt32(partitions);
        writer.WriteInt16(replicas);
        writer.WriteArrayLength(0);
        writer.WriteArrayLength(1);
        writer.WriteString("retention.ms");
        writer.WriteString(value);
        writer.WriteInt32(Timeout);
        if (version >= 1)
            writer.WriteBoolean(false);
    }

    public static void DeleteTopics(KafkaWriter writer)
    {
        writer.WriteArrayLength(1);
        writer.WriteString("t");
        writer.WriteInt32(Timeout);
    }

    public static void DeleteRecords(KafkaWriter writer, long offset)
    {
        OneTopic(writer, "t", () =>
        {
            writer.WriteInt32(0);
            writer.WriteInt64(offset);
        });
        writer.WriteInt32(Timeout);
    }

    public static void IncrementalAlter(KafkaWriter writer, string name, sbyte operation, string? value)
    {
        writer.WriteArrayLength(1);
        writer.WriteInt8(2);
        writer.WriteString("t");
        writer.WriteArrayLength(1);
        writer.WriteString(name);
        writer.WriteInt8(operation);
        writer.WriteString(value);
        writer.WriteBoolean(false);
    }

    private static void ApiVersions(KafkaWriter writer, short version)
    {
        if (version < 3)
            return;
        writer.WriteString("client");
        writer.WriteString("1.0");
        writer.WriteTags();
    }

    private static void Epochs(KafkaWriter writer, short version)
    {
        if (version >= 3)
            writer.WriteInt32(-1);
        OneTopic(writer, "t", () =>
        {
            writer.WriteInt32(0);
            writer.WriteInt32(0);
            writer.WriteInt32(0);
        });
    }

    private static void DescribeConfigs(KafkaWriter writer, short version)
    {
        writer.WriteArrayLength(1);
        writer.WriteInt8(2);
        writer.WriteString("t");
        writer.WriteArrayLength(1);
        writer.WriteString("retention.ms");
        if (version >= 1)
            writer.WriteBoolean(true);
        if (version >= 3)
            writer.WriteBoolean(true);
    }

    private static void AlterConfigs(KafkaWriter writer)
    {
        writer.WriteArrayLength(1);
        writer.WriteInt8(2);
        writer.WriteString("t");
        writer.WriteArrayLength(1);
        writer.WriteString("retention.ms");
        writer.WriteString("5000");
        writer.WriteBoolean(false);
    }

    private static void CreatePartitions(KafkaWriter writer)
    {
        writer.WriteArrayLength(1);
        writer.WriteString("t");
        writer.WriteInt32(3);
        writer.WriteArrayLength(-1);
        writer.WriteInt32(Timeout);
        writer.WriteBoolean(false);
    }

    private static void OneTopic(KafkaWriter writer, string topic, Action partition)
    {
        writer.WriteArrayLength(1);
        writer.WriteString(topic);
        writer.WriteArrayLength(1);
        partition();
    }
}
