using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// DescribeGroups (key 15), versions 0-4; none of them flexible. v1 adds the throttle time; v3 authorized operations, which are not known
/// here; v4 static members (KIP-345). A group that does not exist is "Dead", without an error.
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api15DescribeGroups(GroupCoordinator groups) : IApiHandler
{
    // What the protocol says for "not asked for or not known".
    private const int UnknownOperations = int.MinValue;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.DescribeGroups, Min: 0, Max: 4, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var ids = reader.ReadArray(minElementBytes: 2, static (ref KafkaReader id) => id.ReadString());
        if (context.Version >= 3)
            reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        if (context.Version >= 1)
            response.WriteInt32(0);
        response.WriteArrayLength(ids.Count);
        foreach (var id in ids)
            Write(response, context.Version, groups.Describe(id));
        return new(HandlerResult.Respond);
    }

    private static void Write(KafkaWriter response, short version, GroupDescription group)
    {
        response.WriteError(ErrorCode.None);
        response.WriteString(group.GroupId);
        response.WriteString(group.State.ToString());
        response.WriteString(group.ProtocolType);
        response.WriteString(group.Protocol);
        response.WriteArrayLength(group.Members.Count);
        foreach (var member in group.Members)
        {
            response.WriteString(member.MemberId);
            if (version >= 4)
                response.WriteString(member.InstanceId);
            response.WriteString(member.ClientId);
            response.WriteString(member.ClientHost);
            response.WriteBytes(member.Metadata);
            response.WriteBytes(member.Assignment);
        }

        if (version >= 3)
            response.WriteInt32(UnknownOperations);
    }
}
