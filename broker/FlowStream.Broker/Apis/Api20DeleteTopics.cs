using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>DeleteTopics (key 20), versions 0-3; none of them flexible. v1 adds the throttle time.</summary>
/// <param name="topics">The topics.</param>
internal sealed class Api20DeleteTopics(TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.DeleteTopics, Min: 0, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var names = reader.ReadArray(minElementBytes: 2, static (ref KafkaReader element) => element.ReadString());
        reader.ReadInt32();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        if (context.Version >= 1)
            response.WriteInt32(0);
        response.WriteArrayLength(names.Count);
        foreach (var name in names)
        {
            response.WriteString(name);
            response.WriteError(TopicName.IsInternal(name) ? ErrorCode.InvalidTopicException : topics.Delete(name).Error);
        }

        return new(HandlerResult.Respond);
    }
}
