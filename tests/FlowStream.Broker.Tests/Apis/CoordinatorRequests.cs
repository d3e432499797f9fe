using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>A well-formed request body for every API and version of groups and transactions; the topic is "t", its partition 0.</summary>
internal static class CoordinatorRequests
{
    /// <summary>The body's writer, or null for an API that is not one of these.</summary>
    public static Action<KafkaWriter>? Of(ApiKey key, short version) => key switch
    {
        ApiKey.OffsetCommit => writer => OffsetCommit(writer, version),
        ApiKey.OffsetFetch => writer => OffsetFetch(writer, version),
        ApiKey.FindCoordinator => writer => FindCoordinator(writer, version),
        ApiKey.JoinGroup => writer => JoinGroup(writer, version),
        ApiKey.Heartbeat => writer => Member(writer, version >= 3),
        ApiKey.LeaveGroup => writer => LeaveGroup(writer, version),
        ApiKey.SyncGroup => writer => SyncGroup(writer, version),
        ApiKey.DescribeGroups => writer => DescribeGroups(writer, version),
        ApiKey.ListGroups => writer => ListGroups(writer, version),
        ApiKey.InitProducerId => writer => InitProducerId(writer, version),
        ApiKey.AddPartitionsToTxn => AddPartitions,
        ApiKey.AddOffsetsToTxn => AddOffsets,
        ApiKey.EndTxn => EndTxn,
        ApiKey.TxnOffsetCommit => writer => TxnOffsetCommit(writer, version),
        ApiKey.DeleteGroups => DeleteGroups,
        ApiKey.OffsetDelete => OffsetDelete,
        _ => null,
    };

    private static void OffsetCommit(KafkaWriter writer, short version)
    {
        writer.WriteString("g");
        if (version >= 1)
        {
            writer.WriteInt32(-1);
            writer.WriteString(string.Empty);
        }

        if (version >= 7)
            writer.WriteString(null);
        if (version is >= 2 and <= 4)
            writer.WriteInt64(-1);
        OneTopic(writer, () =>
        {
            writer.WriteInt32(0);
            writer.WriteInt64(5);
            if (version >= 6)
                writer.WriteInt32(0);
            if (version == 1)
                writer.WriteInt64(-1);
            writer.WriteString("note");
        });
    }

    private static void OffsetFetch(KafkaWriter writer, short version)
    {
        writer.WriteString("g");
        OneTopic(writer, () => writer.WriteInt32(0));
        if (version >= 7)
            writer.WriteBoolean(true);
        writer.WriteTags();
    }

    private static void FindCoordinator(KafkaWriter writer, short version)
    {
        writer.WriteString("g");
        if (version >= 1)
            writer.WriteInt8(1);
    }

    private static void JoinGroup(KafkaWriter writer, short version)
    {
        writer.WriteString("g");
        writer.WriteInt32(10_000);
        if (version >= 1)
            writer.WriteInt32(60_000);
        writer.WriteString(string.Empty);
        if (version >= 5)
            writer.WriteString("instance");
        writer.WriteString("consumer");
        writer.WriteArrayLength(1);
        writer.WriteString("range");
        writer.WriteBytes([1, 2, 3]);
    }

    private static void Member(KafkaWriter writer, bool withInstance)
    {
        writer.WriteString("g");
        writer.WriteInt32(1);
        writer.WriteString("m");
        if (withInstance)
            writer.WriteString("instance");
    }

    private static void LeaveGroup(KafkaWriter writer, short version)
    {
        writer.WriteString("g");
        if (version >= 3)
            writer.WriteArrayLength(1);
        writer.WriteString("m");
        if (version >= 3)
            writer.WriteString(null);
    }

    private static void SyncGroup(KafkaWriter writer, short version)
    {
        Member(writer, version >= 3);
        writer.WriteArrayLength(1);
        writer.WriteString("m");
        writer.WriteBytes([1, 2, 3]);
    }

    private static void DescribeGroups(KafkaWriter writer, short version)
    {
        DeleteGroups(writer);
        if (version >= 3)
            writer.WriteBoolean(true);
    }

    private static void ListGroups(KafkaWriter writer, short version)
    {
        if (version >= 4)
        {
            writer.WriteArrayLength(1);
            writer.WriteString("Stable");
        }

        writer.WriteTags();
    }

    private static void InitProducerId(KafkaWriter writer, short version)
    {
        writer.WriteString("x");
        writer.WriteInt32(60_000);
        if (version >= 3)
            Producer(writer);
        writer.WriteTags();
    }

    private static void AddPartitions(KafkaWriter writer)
    {
        writer.WriteString("x");
        Producer(writer);
        OneTopic(writer, () => writer.WriteInt32(0));
    }

    private static void AddOffsets(KafkaWriter writer)
    {
        writer.WriteString("x");
        Producer(writer);
        writer.WriteString("g");
    }

    private static void EndTxn(KafkaWriter writer)
    {
        writer.WriteString("x");
        Producer(writer);
        writer.WriteBoolean(true);
    }

    private static void TxnOffsetCommit(KafkaWriter writer, short version)
    {
        writer.WriteString("x");
        writer.WriteString("g");
        Producer(writer);
        if (version >= 3)
        {
            writer.WriteInt32(1);
            writer.WriteString("m");
            writer.WriteString(null);
        }

        OneTopic(writer, () =>
        {
            writer.WriteInt32(0);
            writer.WriteInt64(5);
            if (version >= 2)
                writer.WriteInt32(0);
            writer.WriteString(null);
            writer.WriteTags();
        });
        writer.WriteTags();
    }

    private static void DeleteGroups(KafkaWriter writer)
    {
        writer.WriteArrayLength(1);
        writer.WriteString("g");
    }

    private static void OffsetDelete(KafkaWriter writer)
    {
        writer.WriteString("g");
        OneTopic(writer, () => writer.WriteInt32(0));
    }

    private static void Producer(KafkaWriter writer)
    {
        writer.WriteInt64(0);
        writer.WriteInt16(0);
    }

    private static void OneTopic(KafkaWriter writer, Action partition)
    {
        writer.WriteArrayLength(1);
        writer.WriteString("t");
        writer.WriteArrayLength(1);
        partition();
        writer.WriteTags();
    }
}
