namespace FlowStream.Broker.Groups;

/// <summary>Who a request says it comes from.</summary>
/// <param name="MemberId">The member's id, or empty.</param>
/// <param name="InstanceId">The static member's name, or null.</param>
/// <param name="Generation">The generation it believes in, or -1.</param>
internal readonly record struct MemberClaim(string MemberId, string? InstanceId, int Generation);
