using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// Metadata (key 3), versions 0-8; none of them flexible. The one broker, and topics with their partitions, all led by it.
/// <list type="bullet">
/// <item>v1 adds rack, controller, internal flag; v2 the cluster id; v3 throttle time; v5 offline replicas; v7 leader epoch; v8 authorised
/// operations.</item>
/// <item>No topics in v0, null from v1 on: all topics.</item>
/// <item>An unknown topic is created if the broker allows it and, from v4 on, the client does.</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="options">Node id, and whether asking creates.</param>
internal sealed class Api03Metadata(TopicStore topics, BrokerOptions options) : IApiHandler
{
    /// <summary>The leader epoch of every partition: with one broker there is never another leader.</summary>
    public const int LeaderEpoch = 0;

    // "Not asked for" in the authorised operations of KIP-430; there are no ACLs here.
    private const int OperationsNotGiven = int.MinValue;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.Metadata, Min: 0, Max: 8, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var names = reader.ReadNullableArray(minElementBytes: 2, static (ref KafkaReader element) => element.ReadString());
        var mayCreate = context.Version < 4 || reader.ReadBoolean();
        if (context.Version >= 8)
        {
            reader.ReadBoolean();
            reader.ReadBoolean();
        }

        if (reader.Failed || (names is null && context.Version == 0))
            return new(HandlerResult.Malformed);
        if (names is { Count: 0 } && context.Version == 0)
            names = null;
        WriteBrokers(context);
        if (names is null)
            WriteAll(context);
        else
            WriteNamed(context, names, mayCreate && options.AutoCreateTopics);
        if (context.Version >= 8)
            context.Response.WriteInt32(OperationsNotGiven);
        return new(HandlerResult.Respond);
    }

    private void WriteBrokers(RequestContext context)
    {
        var response = context.Response;
        if (context.Version >= 3)
            response.WriteInt32(0);
        response.WriteArrayLength(1);
        response.WriteInt32(options.NodeId);
        response.WriteString(context.Advertised.Host);
        response.WriteInt32(context.Advertised.Port);
        if (context.Version >= 1)
            response.WriteString(null);
        if (context.Version >= 2)
            response.WriteString(topics.ClusterId);
        if (context.Version >= 1)
            response.WriteInt32(options.NodeId);
    }

    private void WriteAll(RequestContext context)
    {
        var all = topics.Topics;
        context.Response.WriteArrayLength(all.Count);
        foreach (var topic in all.Values)
            WriteTopic(context, ErrorCode.None, topic.Name, topic);
    }

    private void WriteNamed(RequestContext context, List<string> names, bool create)
    {
        context.Response.WriteArrayLength(names.Count);
        foreach (var name in names)
        {
            var error = ErrorCode.None;
            var topic = topics.Find(name) ?? FindOrCreate(name, create, out error);
            WriteTopic(context, error, name, topic);
        }
    }

    private Topic? FindOrCreate(string name, bool create, out ErrorCode error)
    {
        error = TopicName.IsValid(name) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopicException;
        if (!create || TopicName.IsInternal(name))
            return null;
        var outcome = topics.Create(name, partitions: -1, new Dictionary<string, string>());
        // Another client may have been first, which is as good.
        var topic = topics.Find(name);
        error = topic is not null ? ErrorCode.None : outcome.Error == ErrorCode.None ? ErrorCode.UnknownTopicOrPartition : outcome.Error;
        return topic;
    }

    private void WriteTopic(RequestContext context, ErrorCode error, string name, Topic? topic)
    {
        var response = context.Response;
        response.WriteError(error);
        response.WriteString(name);
        if (context.Version >= 1)
            response.WriteBoolean(TopicName.IsInternal(name));
        var count = topic?.Partitions.Count ?? 0;
        response.WriteArrayLength(count);
        for (var index = 0; index < count; index++)
            WritePartition(context, index);
        if (context.Version >= 8)
            response.WriteInt32(OperationsNotGiven);
    }

    private void WritePartition(RequestContext context, int index)
    {
        var response = context.Response;
        var replicas = new ReadOnlySpan<int>([options.NodeId]);
        response.WriteError(ErrorCode.None);
        response.WriteInt32(index);
        response.WriteInt32(options.NodeId);
        if (context.Version >= 7)
            response.WriteInt32(LeaderEpoch);
        response.WriteInt32Array(replicas);
        response.WriteInt32Array(replicas);
        if (context.Version >= 5)
            response.WriteInt32Array([]);
    }
}
