using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>CreatePartitions (key 37), versions 0-1; none of them flexible. Adds partitions to topics (KIP-195).</summary>
/// <param name="topics">The topics.</param>
/// <param name="options">The node id, for assignments.</param>
internal sealed class Api37CreatePartitions(TopicStore topics, BrokerOptions options) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.CreatePartitions, Min: 0, Max: 1, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var requested = reader.ReadArray(NewPartitions.MinBytes, NewPartitions.Read);
        reader.ReadInt32();
        var validateOnly = reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteArrayLength(requested.Count);
        foreach (var wanted in requested)
        {
            var outcome = Add(wanted, validateOnly);
            response.WriteString(wanted.Name);
            response.WriteError(outcome.Error);
            response.WriteString(outcome.Message);
        }

        return new(HandlerResult.Respond);
    }

    private TopicOutcome Add(NewPartitions wanted, bool validateOnly)
    {
        if (TopicName.IsInternal(wanted.Name))
            return new(ErrorCode.InvalidTopicException, "The partitions of the broker's own topics are fixed.");
        if (wanted.Assignments is { } assignments && topics.Find(wanted.Name) is { } topic)
        {
            if (assignments.Count != wanted.Total - topic.Partitions.Count)
                return new(ErrorCode.InvalidReplicaAssignment, "There must be one assignment for each new partition.");
            if (assignments.Any(brokers => brokers is not [var only] || only != options.NodeId))
                return new(ErrorCode.InvalidReplicaAssignment, $"The only broker is {options.NodeId}.");
        }

        return topics.AddPartitions(wanted.Name, wanted.Total, validateOnly);
    }
}
