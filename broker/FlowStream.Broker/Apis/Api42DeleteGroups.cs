using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>DeleteGroups (key 42), versions 0-1; none of them flexible. Only a group without members can be deleted.</summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api42DeleteGroups(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.DeleteGroups, Min: 0, Max: 1, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var ids = reader.ReadArray(minElementBytes: 2, static (ref KafkaReader id) => id.ReadString());
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteArrayLength(ids.Count);
        foreach (var id in ids)
        {
            response.WriteString(id);
            response.WriteError(groups.Delete(id));
        }

        return new(HandlerResult.Respond);
    }
}
