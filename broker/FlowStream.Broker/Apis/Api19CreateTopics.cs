using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// CreateTopics (key 19), versions 0-4; none of them flexible.
/// <list type="bullet">
/// <item>v1 adds validate-only and error texts; v2 the throttle time; v4 allows -1 for the broker's defaults (KIP-464).</item>
/// <item>A replication factor above 1 is taken for 1: the same scripts then run against one broker and against a cluster.</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="options">The node id, for assignments.</param>
internal sealed class Api19CreateTopics(TopicStore topics, BrokerOptions options) : IApiHandler
{
    private const short FirstVersionWithDefaults = 4;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.CreateTopics, Min: 0, Max: 4, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var requested = reader.ReadArray(NewTopic.MinBytes, NewTopic.Read);
        reader.ReadInt32();
        var validateOnly = context.Version >= 1 && reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var names = requested.CountBy(topic => topic.Name).ToDictionary(StringComparer.Ordinal);
        var response = context.Response;
        if (context.Version >= 2)
            response.WriteInt32(0);
        response.WriteArrayLength(requested.Count);
        foreach (var topic in requested)
        {
            var outcome = names[topic.Name] > 1
                ? new TopicOutcome(ErrorCode.InvalidRequest, "The request names this topic more than once.")
                : Create(topic, context.Version, validateOnly);
            response.WriteString(topic.Name);
            response.WriteError(outcome.Error);
            if (context.Version >= 1)
                response.WriteString(outcome.Message);
        }

        return new(HandlerResult.Respond);
    }

    private TopicOutcome Create(NewTopic topic, short version, bool validateOnly)
    {
        if (TopicName.IsInternal(topic.Name))
            return new(ErrorCode.InvalidTopicException, "The broker makes this topic itself.");
        if (topic.Assignments.Count > 0)
            return CreateAssigned(topic, validateOnly);
        if (topic.Partitions < 1 && !(topic.Partitions == -1 && version >= FirstVersionWithDefaults))
            return new(ErrorCode.InvalidPartitions, "Number of partitions must be larger than 0.");
        if (topic.ReplicationFactor < 1 && !(topic.ReplicationFactor == -1 && version >= FirstVersionWithDefaults))
            return new(ErrorCode.InvalidReplicationFactor, "Replication factor must be larger than 0.");
        return topics.Create(topic.Name, topic.Partitions, ConfigEntry.ToDictionary(topic.Configs), validateOnly);
    }

    private TopicOutcome CreateAssigned(NewTopic topic, bool validateOnly)
    {
        if (topic.Partitions != -1 || topic.ReplicationFactor != -1)
            return new(ErrorCode.InvalidRequest, "Both a number of partitions or replicas and an assignment were given.");
        var indexes = topic.Assignments.Select(assignment => assignment.Index).Order();
        if (!indexes.SequenceEqual(Enumerable.Range(0, topic.Assignments.Count)))
            return new(ErrorCode.InvalidReplicaAssignment, "Assigned partitions must be numbered from 0 without a gap.");
        if (topic.Assignments.Any(assignment => assignment.Brokers is not [var only] || only != options.NodeId))
            return new(ErrorCode.InvalidReplicaAssignment, $"The only broker is {options.NodeId}.");
        return topics.Create(topic.Name, topic.Assignments.Count, ConfigEntry.ToDictionary(topic.Configs), validateOnly);
    }
}
