using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// OffsetFetch (key 9), versions 0-7; flexible from 6.
/// <list type="bullet">
/// <item>v2 lets null ask for all partitions and adds an error for the whole; v3 throttle time; v5 leader epochs; v7 RequireStable
/// (KIP-447): an offset that an open transaction is about to change is withheld with error 88.</item>
/// <item>librdkafka 2.0.2 asks for all partitions in v6 and v7 with a four-byte zero where a compact null of one byte belongs. Read by the
/// specification that is null, RequireStable 0, no tags, and three bytes left over, which are ignored.</item>
/// <item>No offset is -1 without an error, also for a group or topic that does not exist.</item>
/// </list>
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api09OffsetFetch(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.OffsetFetch, Min: 0, Max: 7, FlexibleFrom: 6);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var topics = context.Version >= 2
            ? reader.ReadNullableTopics(minPartitionBytes: 4, static (ref KafkaReader partition) => partition.ReadInt32())
            : reader.ReadTopics(minPartitionBytes: 4, static (ref KafkaReader partition) => partition.ReadInt32());
        var requireStable = context.Version >= 7 && reader.ReadBoolean();
        reader.SkipTags();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var wanted = topics?.SelectMany(topic => topic.Partitions.Select(index => new TopicPartition(topic.Topic, index))).ToArray();
        Write(context, groups.FetchOffsets(groupId, wanted, requireStable));
        return new(HandlerResult.Respond);
    }

    private static void Write(RequestContext context, IReadOnlyList<FetchedOffset> offsets)
    {
        var response = context.Response;
        if (context.Version >= 3)
            response.WriteInt32(0);
        var topics = offsets.GroupBy(offset => offset.Partition.Topic, StringComparer.Ordinal).ToArray();
        response.WriteArrayLength(topics.Length);
        foreach (var topic in topics)
        {
            response.WriteString(topic.Key);
            response.WriteArrayLength(topic.Count());
            foreach (var offset in topic)
                WritePartition(response, context.Version, offset);
            response.WriteTags();
        }

        if (context.Version >= 2)
            response.WriteError(ErrorCode.None);
        response.WriteTags();
    }

    private static void WritePartition(KafkaWriter response, short version, in FetchedOffset offset)
    {
        response.WriteInt32(offset.Partition.Partition);
        response.WriteInt64(offset.Offset?.Offset ?? -1);
        if (version >= 5)
            response.WriteInt32(offset.Offset?.LeaderEpoch ?? -1);
        response.WriteString(offset.Offset?.Metadata ?? string.Empty);
        response.WriteError(offset.Error);
        response.WriteTags();
    }
}
