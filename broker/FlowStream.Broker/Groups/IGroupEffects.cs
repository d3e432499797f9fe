namespace FlowStream.Broker.Groups;

/// <summary>
/// What a <see cref="ClassicGroup"/> wants done. It only says so, in order; whoever holds the group does it.
/// A persist comes before the answers that depend on it.
/// </summary>
internal interface IGroupEffects
{
    /// <summary>Answers the JoinGroup request that came with this ticket. Every ticket is answered exactly once.</summary>
    void AnswerJoin(long ticket, JoinResult result);

    /// <summary>Answers the SyncGroup request that came with this ticket. Every ticket is answered exactly once.</summary>
    void AnswerSync(long ticket, SyncResult result);

    /// <summary>Makes the group's present members, generation and assignments durable.</summary>
    void Persist();
}
