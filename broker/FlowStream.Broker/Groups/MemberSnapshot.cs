namespace FlowStream.Broker.Groups;

/// <summary>The durable part of a group member.</summary>
/// <param name="MemberId">Its id.</param>
/// <param name="InstanceId">Its name if it is static, or null.</param>
/// <param name="ClientId">What the client calls itself.</param>
/// <param name="ClientHost">The client's address.</param>
/// <param name="RebalanceTimeout">How long it takes at most to rejoin.</param>
/// <param name="SessionTimeout">How long it may be silent.</param>
/// <param name="Metadata">What it said about the group's protocol.</param>
/// <param name="Assignment">What the leader sent for it.</param>
internal sealed record MemberSnapshot(
    string MemberId,
    string? InstanceId,
    string ClientId,
    string ClientHost,
    TimeSpan RebalanceTimeout,
    TimeSpan SessionTimeout,
    byte[] Metadata,
    byte[] Assignment);
