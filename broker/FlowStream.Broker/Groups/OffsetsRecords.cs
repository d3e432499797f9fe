using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// The records of <c>__consumer_offsets</c> in Kafka's own form (OffsetCommitKey 1 and Value 3, GroupMetadataKey 2 and Value 3), so that
/// tools which read that topic read this one too.
/// </summary>
internal static class OffsetsRecords
{
    private const short OffsetKeyVersion = 1;
    private const short GroupKeyVersion = 2;
    private const short OffsetValueVersion = 3;
    private const short GroupValueVersion = 3;

    // member id, instance id, client id, client host, two timeouts, two byte fields: lengths alone.
    private const int MinMemberBytes = (4 * sizeof(short)) + (4 * sizeof(int));

    /// <summary>Writes the key of an offset.</summary>
    public static void WriteOffsetKey(KafkaWriter writer, string groupId, TopicPartition partition)
    {
        writer.WriteInt16(OffsetKeyVersion);
        writer.WriteString(groupId);
        writer.WriteString(partition.Topic);
        writer.WriteInt32(partition.Partition);
    }

    /// <summary>Writes the value of an offset.</summary>
    public static void WriteOffsetValue(KafkaWriter writer, CommittedOffset offset)
    {
        writer.WriteInt16(OffsetValueVersion);
        writer.WriteInt64(offset.Offset);
        writer.WriteInt32(offset.LeaderEpoch);
        writer.WriteString(offset.Metadata);
        writer.WriteInt64(offset.CommitTimestamp);
    }

    /// <summary>Writes the key of a group.</summary>
    public static void WriteGroupKey(KafkaWriter writer, string groupId)
    {
        writer.WriteInt16(GroupKeyVersion);
        writer.WriteString(groupId);
    }

    /// <summary>Writes the value of a group.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="group">The group.</param>
    /// <param name="stateTimestamp">When it came into its present state, Unix milliseconds.</param>
    public static void WriteGroupValue(KafkaWriter writer, GroupSnapshot group, long stateTimestamp)
    {
        writer.WriteInt16(GroupValueVersion);
        writer.WriteString(group.ProtocolType);
        writer.WriteInt32(group.Generation);
        writer.WriteString(group.Protocol);
        writer.WriteString(group.LeaderId);
        writer.WriteInt64(stateTimestamp);
        writer.WriteArrayLength(group.Members.Count);
        foreach (var member in group.Members)
        {
            writer.WriteString(member.MemberId);
            writer.WriteString(member.InstanceId);
            writer.WriteString(member.ClientId);
            writer.WriteString(member.ClientHost);
            writer.WriteInt32((int)member.RebalanceTimeout.TotalMilliseconds);
            writer.WriteInt32((int)member.SessionTimeout.TotalMilliseconds);
            writer.WriteBytes(member.Metadata);
            writer.WriteBytes(member.Assignment);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <returns>The key, or null for a kind of record that a newer broker wrote.</returns>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public static OffsetsRecordKey? ReadKey(ReadOnlySpan<byte> key)
    {
        var reader = new KafkaReader(key, flexible: false);
        var version = reader.ReadInt16();
        OffsetsRecordKey? result = version switch
        {
            // Version 0 has the same fields; Kafka before 0.10 wrote it.
            0 or OffsetKeyVersion => new(reader.ReadString(), new TopicPartition(reader.ReadString(), reader.ReadInt32())),
            GroupKeyVersion => new(reader.ReadString(), null),
            _ => null,
        };
        ThrowIfFailed(reader.Failed, "key");
        return result;
    }

    /// <summary>Reads the value of an offset.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="logOffset">Where the record is.</param>
    /// <exception cref="InvalidDataException">It is cut short or of a version that is not known here.</exception>
    public static CommittedOffset ReadOffsetValue(ReadOnlySpan<byte> value, long logOffset)
    {
        var reader = new KafkaReader(value, flexible: false);
        var version = reader.ReadInt16();
        var offset = reader.ReadInt64();
        var leaderEpoch = reader.ReadInt32();
        var metadata = reader.ReadString();
        var timestamp = reader.ReadInt64();
        ThrowIfFailed(reader.Failed || version != OffsetValueVersion, "offset value");
        return new CommittedOffset(offset, leaderEpoch, metadata, timestamp, logOffset);
    }

    /// <summary>Reads the value of a group.</summary>
    /// <returns>The group, and when it came into that state.</returns>
    /// <exception cref="InvalidDataException">It is cut short or of a version that is not known here.</exception>
    public static (GroupSnapshot Group, long StateTimestamp) ReadGroupValue(ReadOnlySpan<byte> value)
    {
        var reader = new KafkaReader(value, flexible: false);
        var version = reader.ReadInt16();
        var protocolType = reader.ReadString();
        var generation = reader.ReadInt32();
        var protocol = reader.ReadNullableString();
        var leader = reader.ReadNullableString();
        var timestamp = reader.ReadInt64();
        var members = new MemberSnapshot[reader.ReadArrayLength(MinMemberBytes)];
        for (var i = 0; i < members.Length; i++)
            members[i] = ReadMember(ref reader);
        ThrowIfFailed(reader.Failed || version != GroupValueVersion, "group value");
        return (new GroupSnapshot(protocolType, generation, protocol, leader, members), timestamp);
    }

    private static MemberSnapshot ReadMember(ref KafkaReader reader) => new(
        reader.ReadString(),
        reader.ReadNullableString(),
        reader.ReadString(),
        reader.ReadString(),
        TimeSpan.FromMilliseconds(reader.ReadInt32()),
        TimeSpan.FromMilliseconds(reader.ReadInt32()),
        reader.ReadBytes().ToArray(),
        reader.ReadBytes().ToArray());

    private static void ThrowIfFailed(bool failed, string what)
    {
        if (failed)
            throw new InvalidDataException($"unreadable {what} in {TopicName.ConsumerOffsets}");
    }
}
