namespace FlowStream.Broker.Groups;

/// <summary>The states of a group under the classic protocol.</summary>
internal enum GroupState
{
    /// <summary>No members; committed offsets may remain.</summary>
    Empty,

    /// <summary>A join phase is open: members are to send JoinGroup before its deadline.</summary>
    PreparingRebalance,

    /// <summary>A generation has begun; the leader's assignment is awaited.</summary>
    CompletingRebalance,

    /// <summary>Every member has, or can fetch, its assignment.</summary>
    Stable,

    /// <summary>Deleted; the object must not be used again.</summary>
    Dead,
}
