using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>OffsetDelete (key 47), version 0, not flexible (KIP-496). Offsets of a topic that a member subscribes to stay: 86.</summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api47OffsetDelete(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.OffsetDelete, Min: 0, Max: 0, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var topics = reader.ReadTopics(minPartitionBytes: 4, static (ref KafkaReader partition) => partition.ReadInt32());
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var partitions = topics.SelectMany(topic => topic.Partitions.Select(index => new TopicPartition(topic.Topic, index))).ToArray();
        var errors = groups.DeleteOffsets(groupId, partitions, out var error);
        var response = context.Response;
        response.WriteError(error);
        response.WriteInt32(0);
        response.WriteArrayLength(error == ErrorCode.None ? topics.Count : 0);
        var next = 0;
        foreach (var (name, indexes) in error == ErrorCode.None ? topics : [])
        {
            response.WriteString(name);
            response.WriteArrayLength(indexes.Count);
            foreach (var index in indexes)
            {
                response.WriteInt32(index);
                response.WriteError(errors[next++]);
            }
        }

        return new(HandlerResult.Respond);
    }
}
