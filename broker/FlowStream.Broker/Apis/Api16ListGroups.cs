using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// ListGroups (key 16), versions 0-4; flexible from 3. v1 adds the throttle time; v4 a filter by state and the state itself (KIP-518).
/// librdkafka 2.0.2 sends one byte too many in v3 and v4; it is ignored.
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api16ListGroups(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.ListGroups, Min: 0, Max: 4, FlexibleFrom: 3);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        List<string> states = context.Version >= 4
            ? reader.ReadArray(minElementBytes: 1, static (ref KafkaReader state) => state.ReadString())
            : [];
        reader.SkipTags();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var listed = groups.List()
            .Where(group => states.Count == 0 || states.Contains(group.State.ToString(), StringComparer.OrdinalIgnoreCase))
            .ToArray();
        var response = context.Response;
        if (context.Version >= 1)
            response.WriteInt32(0);
        response.WriteError(ErrorCode.None);
        response.WriteArrayLength(listed.Length);
        foreach (var group in listed)
        {
            response.WriteString(group.GroupId);
            response.WriteString(group.ProtocolType);
            if (context.Version >= 4)
                response.WriteString(group.State.ToString());
            response.WriteTags();
        }

        response.WriteTags();
        return new(HandlerResult.Respond);
    }
}
