using FlowStream.Broker.Groups;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// JoinGroup (key 11), versions 0-5; none of them flexible. Answered when the join phase ends.
/// <list type="bullet">
/// <item>v1 adds the rebalance timeout (before, it is the session timeout); v2 throttle time; v4 sends new members away with an id first
/// (KIP-394); v5 static members (KIP-345).</item>
/// </list>
/// </summary>
/// <param name="groups">The group coordinator.</param>
internal sealed class Api11JoinGroup(GroupCoordinator groups) : IApiHandler
{
    // A rebalance that lasts no time at all would never be over; 1 ms is.
    private const int MinRebalanceTimeoutMs = 1;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.JoinGroup, Min: 0, Max: 5, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var arguments = Read(ref reader, context);
        return reader.Failed ? new(HandlerResult.Malformed) : AnswerAsync(context, groups.JoinAsync(groupId, arguments));
    }

    private static JoinArguments Read(ref KafkaReader reader, RequestContext context)
    {
        var version = context.Version;
        var session = reader.ReadInt32();
        var rebalance = Math.Max(version >= 1 ? reader.ReadInt32() : session, MinRebalanceTimeoutMs);
        return new JoinArguments
        {
            MemberId = reader.ReadString(),
            InstanceId = version >= 5 ? reader.ReadNullableString() : null,
            ClientId = context.ClientId ?? string.Empty,
            ClientHost = context.ClientHost,
            SessionTimeout = TimeSpan.FromMilliseconds(session),
            RebalanceTimeout = TimeSpan.FromMilliseconds(rebalance),
            ProtocolType = reader.ReadString(),
            Protocols = reader.ReadArray(
                minElementBytes: 6,
                static (ref KafkaReader protocol) => new MemberProtocol(protocol.ReadString(), protocol.ReadBytes().ToArray())),
            RequireKnownMemberId = version >= 4,
        };
    }

    private static async ValueTask<HandlerResult> AnswerAsync(RequestContext context, Task<JoinResult> joining)
    {
        var result = await joining.WaitAsync(context.Closing).ConfigureAwait(false);
        var response = context.Response;
        if (context.Version >= 2)
            response.WriteInt32(0);
        response.WriteError(result.Error);
        response.WriteInt32(result.Generation);
        response.WriteString(result.Protocol);
        response.WriteString(result.LeaderId);
        response.WriteString(result.MemberId);
        response.WriteArrayLength(result.Members.Count);
        foreach (var member in result.Members)
        {
            response.WriteString(member.MemberId);
            if (context.Version >= 5)
                response.WriteString(member.InstanceId);
            response.WriteBytes(member.Metadata);
        }

        return HandlerResult.Respond;
    }
}
