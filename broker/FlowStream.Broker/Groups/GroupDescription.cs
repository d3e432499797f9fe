namespace FlowStream.Broker.Groups;

/// <summary>A group as DescribeGroups and ListGroups show it.</summary>
/// <param name="GroupId">Its id.</param>
/// <param name="State">Its state; <see cref="GroupState.Dead"/> for one that does not exist.</param>
/// <param name="ProtocolType">Its kind; empty if nobody ever joined.</param>
/// <param name="Protocol">The protocol in use; empty unless stable.</param>
/// <param name="Members">Its members; metadata and assignment are empty unless stable.</param>
internal sealed record GroupDescription(
    string GroupId,
    GroupState State,
    string ProtocolType,
    string Protocol,
    IReadOnlyList<MemberSnapshot> Members)
{
    /// <summary>What is said of a group that does not exist.</summary>
    public static GroupDescription Unknown(string groupId) => new(groupId, GroupState.Dead, string.Empty, string.Empty, []);
}
