using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// SyncGroup (key 14), versions 0-3; none of them flexible. Answered when the leader has sent the assignments. v1 adds the throttle time,
/// v3 static members (KIP-345).
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api14SyncGroup(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.SyncGroup, Min: 0, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var generation = reader.ReadInt32();
        var memberId = reader.ReadString();
        var instanceId = context.Version >= 3 ? reader.ReadNullableString() : null;
        var assignments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var count = reader.ReadArrayLength(minElementBytes: 6);
        for (var i = 0; i < count && !reader.Failed; i++)
            assignments[reader.ReadString()] = reader.ReadBytes().ToArray();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        return AnswerAsync(context, groups.SyncAsync(groupId, new MemberClaim(memberId, instanceId, generation), assignments));
    }

    private static async ValueTask<HandlerResult> AnswerAsync(RequestContext context, Task<SyncResult> syncing)
    {
        var result = await syncing.WaitAsync(context.Closing).ConfigureAwait(false);
        if (context.Version >= 1)
            context.Response.WriteInt32(0);
        context.Response.WriteError(result.Error);
        context.Response.WriteBytes(result.Assignment);
        return HandlerResult.Respond;
    }
}
