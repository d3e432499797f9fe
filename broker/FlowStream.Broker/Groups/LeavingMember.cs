namespace FlowStream.Broker.Groups;

/// <summary>One entry of a LeaveGroup request.</summary>
/// <param name="MemberId">Who leaves; empty when an administrator removes a static member by its name.</param>
/// <param name="InstanceId">The static member's name, or null.</param>
internal sealed record LeavingMember(string MemberId, string? InstanceId);
