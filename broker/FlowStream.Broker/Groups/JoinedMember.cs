namespace FlowStream.Broker.Groups;

/// <summary>A member as the leader is told of it.</summary>
/// <param name="MemberId">Its id in this generation.</param>
/// <param name="InstanceId">Its name if it is static, or null.</param>
/// <param name="Metadata">What it said about the chosen protocol.</param>
internal sealed record JoinedMember(string MemberId, string? InstanceId, byte[] Metadata);
