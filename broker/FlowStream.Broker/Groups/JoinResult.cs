using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>The answer to a JoinGroup request.</summary>
/// <param name="Error">What went wrong, or none.</param>
/// <param name="MemberId">The member's id: new on a first join, else as it was sent.</param>
/// <param name="Generation">The generation joined, -1 on error.</param>
/// <param name="Protocol">The protocol voted for, empty on error.</param>
/// <param name="LeaderId">The member that assigns, empty on error.</param>
/// <param name="Members">For the leader all members; empty for others.</param>
internal sealed record JoinResult(
    ErrorCode Error,
    string MemberId,
    int Generation,
    string Protocol,
    string LeaderId,
    IReadOnlyList<JoinedMember> Members)
{
    /// <summary>A refusal.</summary>
    public static JoinResult Failed(ErrorCode error, string memberId) => new(error, memberId, -1, string.Empty, string.Empty, []);
}
