using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>SyncGroup: the leader's assignment goes out.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>A member asks for its assignment; the leader brings everybody's. The answer may come later.</summary>
    /// <param name="memberId">Who asks.</param>
    /// <param name="instanceId">Its name if it is static, or null.</param>
    /// <param name="generation">The generation it joined.</param>
    /// <param name="assignments">From the leader: member id to assignment. Members it leaves out get an empty one.</param>
    /// <param name="ticket">Names the answer.</param>
    /// <param name="now">The present time.</param>
    public void Sync(
        string memberId,
        string? instanceId,
        int generation,
        IReadOnlyDictionary<string, byte[]> assignments,
        long ticket,
        TimeSpan now)
    {
        var error = ValidateSync(memberId, instanceId, generation, out var member);
        if (error != ErrorCode.None)
        {
            _effects.AnswerSync(ticket, SyncResult.Failed(error));
            return;
        }

        _pendingSyncs.Remove(memberId);
        if (_pendingSyncs.Count == 0)
            _syncDeadline = null;
        member!.SessionDeadline = now + member.SessionTimeout;
        if (State == GroupState.Stable)
        {
            _effects.AnswerSync(ticket, new SyncResult(ErrorCode.None, member.Assignment));
            return;
        }

        // As with a second JoinGroup: only the last request of a member waits.
        AnswerSync(member, SyncResult.Failed(ErrorCode.RebalanceInProgress));
        member.SyncTicket = ticket;
        if (memberId == LeaderId)
            Assign(assignments, now);
    }

    private ErrorCode ValidateSync(string memberId, string? instanceId, int generation, out GroupMember? member)
    {
        var error = Validate(memberId, instanceId, out member);
        if (error != ErrorCode.None)
            return error;
        if (generation != Generation)
            return ErrorCode.IllegalGeneration;
        return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }

    private void Assign(IReadOnlyDictionary<string, byte[]> assignments, TimeSpan now)
    {
        foreach (var member in _members.Values)
            member.Assignment = assignments.TryGetValue(member.Id, out var assignment) ? assignment : [];
        State = GroupState.Stable;
        _effects.Persist();
        foreach (var member in _members.Values)
        {
            if (member.SyncTicket is null)
                continue;
            member.SessionDeadline = now + member.SessionTimeout;
            AnswerSync(member, new SyncResult(ErrorCode.None, member.Assignment));
        }
    }

    private void AbandonSyncs(TimeSpan now)
    {
        foreach (var member in _members.Values)
        {
            member.Assignment = [];
            if (member.SyncTicket is not null)
                member.SessionDeadline = now + member.SessionTimeout;
            AnswerSync(member, SyncResult.Failed(ErrorCode.RebalanceInProgress));
        }
    }

    private void RemoveMembersThatDidNotSync(TimeSpan now)
    {
        _syncDeadline = null;
        foreach (var id in _pendingSyncs.ToArray())
            Remove(_members[id], ErrorCode.UnknownMemberId);
        PrepareRebalance(now);
    }
}
