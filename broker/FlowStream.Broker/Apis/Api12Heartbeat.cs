using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>Heartbeat (key 12), versions 0-3; none of them flexible. v1 adds the throttle time, v3 static members (KIP-345).</summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api12Heartbeat(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.Heartbeat, Min: 0, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var generation = reader.ReadInt32();
        var memberId = reader.ReadString();
        var instanceId = context.Version >= 3 ? reader.ReadNullableString() : null;
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        if (context.Version >= 1)
            context.Response.WriteInt32(0);
        context.Response.WriteError(groups.Heartbeat(groupId, new MemberClaim(memberId, instanceId, generation)));
        return new(HandlerResult.Respond);
    }
}
