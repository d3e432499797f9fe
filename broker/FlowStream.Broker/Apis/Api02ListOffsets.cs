using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// ListOffsets (key 2), versions 0-5; none of them flexible. The start, the end, or the first record at or after a time.
/// <list type="bullet">
/// <item>v0 returns an array of offsets, here of at most one; v1 a timestamp and an offset; v2 adds isolation and throttle time; v4 leader
/// epochs.</item>
/// <item>Under read_committed the end is the last stable offset.</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
internal sealed class Api02ListOffsets(TopicStore topics) : IApiHandler
{
    private const long Latest = -1;
    private const long Earliest = -2;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.ListOffsets, Min: 0, Max: 5, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        reader.ReadInt32();
        var isolation = context.Version >= 2 ? reader.ReadInt8() : (sbyte)IsolationLevel.ReadUncommitted;
        var requested = reader.ReadTopics(minPartitionBytes: 12, PartitionReader(context.Version));
        if (reader.Failed || isolation is not (0 or 1))
            return new(HandlerResult.Malformed);
        var response = context.Response;
        if (context.Version >= 2)
            response.WriteInt32(0);
        response.WriteTopics(requested, (topic, partition) => WritePartition(context, topic, partition, (IsolationLevel)isolation));
        return new(HandlerResult.Respond);
    }

    private static ElementReader<ListOffsetsPartition> PartitionReader(short version) => version switch
    {
        0 => static (ref KafkaReader partition) =>
            new ListOffsetsPartition(partition.ReadInt32(), -1, partition.ReadInt64(), partition.ReadInt32()),
        < 4 => static (ref KafkaReader partition) => new ListOffsetsPartition(partition.ReadInt32(), -1, partition.ReadInt64(), 1),
        _ => static (ref KafkaReader partition) =>
            new ListOffsetsPartition(partition.ReadInt32(), partition.ReadInt32(), partition.ReadInt64(), 1),
    };

    private static (long Timestamp, long Offset) Find(PartitionLog log, long timestamp, IsolationLevel isolation) => timestamp switch
    {
        Latest => (-1, isolation == IsolationLevel.ReadCommitted ? log.LastStableOffset : log.HighWatermark),
        Earliest => (-1, log.LogStartOffset),
        _ => FindByTimestamp(log, timestamp, isolation),
    };

    // A record that a read_committed client may not see yet is not an answer for it.
    private static (long Timestamp, long Offset) FindByTimestamp(PartitionLog log, long timestamp, IsolationLevel isolation)
    {
        var end = isolation == IsolationLevel.ReadCommitted ? log.LastStableOffset : long.MaxValue;
        var found = log.FindByTimestamp(timestamp);
        return found.Offset < end ? found : (-1, -1);
    }

    private void WritePartition(RequestContext context, string topic, in ListOffsetsPartition partition, IsolationLevel isolation)
    {
        var response = context.Response;
        var log = topics.FindPartition(topic, partition.Index);
        var error = log is null ? ErrorCode.UnknownTopicOrPartition
            : partition.LeaderEpoch > Api03Metadata.LeaderEpoch ? ErrorCode.UnknownLeaderEpoch
            : partition.Timestamp < Earliest ? ErrorCode.UnsupportedVersion
            : ErrorCode.None;
        var (timestamp, offset) = error == ErrorCode.None ? Find(log!, partition.Timestamp, isolation) : (-1, -1);
        response.WriteInt32(partition.Index);
        response.WriteError(error);
        if (context.Version == 0)
        {
            var hasOffset = offset >= 0 && partition.MaxOffsets > 0;
            response.WriteArrayLength(hasOffset ? 1 : 0);
            if (hasOffset)
                response.WriteInt64(offset);
            return;
        }

        response.WriteInt64(timestamp);
        response.WriteInt64(offset);
        if (context.Version >= 4)
            response.WriteInt32(offset >= 0 ? Api03Metadata.LeaderEpoch : -1);
    }
}
