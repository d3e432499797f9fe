using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// LeaveGroup (key 13), versions 0-3; none of them flexible. v1 adds the throttle time; v3 several members at once, also static ones by
/// name alone (KIP-345).
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api13LeaveGroup(GroupCoordinator groups) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.LeaveGroup, Min: 0, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        List<LeavingMember> leaving = context.Version >= 3
            ? reader.ReadArray(minElementBytes: 4, static (ref KafkaReader m) => new LeavingMember(m.ReadString(), m.ReadNullableString()))
            : [new LeavingMember(reader.ReadString(), null)];
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var errors = groups.Leave(groupId, leaving);
        var response = context.Response;
        if (context.Version >= 1)
            response.WriteInt32(0);
        if (context.Version < 3)
        {
            response.WriteError(errors[0]);
            return new(HandlerResult.Respond);
        }

        response.WriteError(groupId.Length == 0 ? ErrorCode.InvalidGroupId : ErrorCode.None);
        response.WriteArrayLength(leaving.Count);
        for (var i = 0; i < leaving.Count; i++)
        {
            response.WriteString(leaving[i].MemberId);
            response.WriteString(leaving[i].InstanceId);
            response.WriteError(errors[i]);
        }

        return new(HandlerResult.Respond);
    }
}
