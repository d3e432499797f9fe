using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>How members go, and how a group comes back from its record.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>Members leave, or an administrator removes static ones by name.</summary>
    /// <returns>One code per entry, in the order given.</returns>
    public ErrorCode[] Leave(IReadOnlyList<LeavingMember> leaving, TimeSpan now)
    {
        var errors = new ErrorCode[leaving.Count];
        var members = _members.Count;
        for (var i = 0; i < leaving.Count; i++)
            errors[i] = Leave(leaving[i]);
        AfterDeparture(membersLeft: _members.Count < members, now);
        return errors;
    }

    /// <summary>What must be durable to continue this group after a restart without a rebalance.</summary>
    public GroupSnapshot ToSnapshot() =>
        new(ProtocolType ?? string.Empty, Generation, Protocol, LeaderId,
            [.. _members.Values.Select(member => ToSnapshot(member, Protocol))]);

    /// <summary>Takes over a group as it was last persisted: stable if it had members. Their sessions start anew.</summary>
    public void Restore(GroupSnapshot snapshot, TimeSpan now)
    {
        ProtocolType = snapshot.ProtocolType.Length == 0 ? null : snapshot.ProtocolType;
        Generation = snapshot.Generation;
        Protocol = snapshot.Members.Count == 0 ? null : snapshot.Protocol;
        LeaderId = null;
        _members.Clear();
        _memberIdByInstance.Clear();
        foreach (var member in snapshot.Members)
            Restore(member, snapshot, now);
        if (_members.Count > 0)
            LeaderId = snapshot.LeaderId is not null && _members.ContainsKey(snapshot.LeaderId) ? snapshot.LeaderId : _members.GetAt(0).Key;
        State = _members.Count == 0 ? GroupState.Empty : GroupState.Stable;
    }

    private static MemberSnapshot ToSnapshot(GroupMember member, string? protocol) => new(
        member.Id,
        member.InstanceId,
        member.ClientId,
        member.ClientHost,
        member.RebalanceTimeout,
        member.SessionTimeout,
        member.MetadataFor(protocol),
        member.Assignment);

    private void Restore(MemberSnapshot snapshot, GroupSnapshot group, TimeSpan now)
    {
        var member = new GroupMember(snapshot.MemberId, new JoinArguments
        {
            MemberId = snapshot.MemberId,
            InstanceId = snapshot.InstanceId,
            ClientId = snapshot.ClientId,
            ClientHost = snapshot.ClientHost,
            SessionTimeout = snapshot.SessionTimeout,
            RebalanceTimeout = snapshot.RebalanceTimeout,
            ProtocolType = group.ProtocolType,
            Protocols = [new MemberProtocol(group.Protocol ?? string.Empty, snapshot.Metadata)],
        })
        {
            Assignment = snapshot.Assignment,
            SessionDeadline = now + snapshot.SessionTimeout,
        };
        _members[snapshot.MemberId] = member;
        if (snapshot.InstanceId is not null)
            _memberIdByInstance[snapshot.InstanceId] = snapshot.MemberId;
    }

    private ErrorCode Leave(LeavingMember leaving)
    {
        var memberId = leaving.MemberId;
        if (leaving.InstanceId is not null)
        {
            if (!_memberIdByInstance.TryGetValue(leaving.InstanceId, out var current))
                return ErrorCode.UnknownMemberId;
            if (memberId.Length > 0 && memberId != current)
                return ErrorCode.FencedInstanceId;
            memberId = current;
        }

        if (_pendingMembers.Remove(memberId))
            return ErrorCode.None;
        if (!_members.TryGetValue(memberId, out var member))
            return ErrorCode.UnknownMemberId;
        Remove(member, ErrorCode.UnknownMemberId);
        return ErrorCode.None;
    }

    private void ExpirePendingMembers(TimeSpan now)
    {
        var expired = _pendingMembers.Where(pending => pending.Value <= now).Select(pending => pending.Key).ToArray();
        foreach (var id in expired)
            _pendingMembers.Remove(id);
        if (expired.Length > 0)
            AfterDeparture(membersLeft: false, now);
    }

    private void ExpireSessions(TimeSpan now)
    {
        var expired = _members.Values.Where(member => member.CanExpire && member.SessionDeadline <= now).ToArray();
        foreach (var member in expired)
            Remove(member, ErrorCode.UnknownMemberId);
        AfterDeparture(membersLeft: expired.Length > 0, now);
    }

    private void AfterDeparture(bool membersLeft, TimeSpan now)
    {
        if (State == GroupState.PreparingRebalance)
            CompleteJoinIfAllAreHere(now);
        else if (membersLeft)
            PrepareRebalance(now);
    }

    private void Remove(GroupMember member, ErrorCode answer)
    {
        AnswerJoin(member, JoinResult.Failed(answer, member.Id));
        AnswerSync(member, SyncResult.Failed(answer));
        _members.Remove(member.Id);
        _pendingSyncs.Remove(member.Id);
        if (member.InstanceId is not null)
            _memberIdByInstance.Remove(member.InstanceId);
        if (LeaderId == member.Id)
            LeaderId = (_members.Values.FirstOrDefault(m => m.JoinTicket is not null) ?? _members.Values.FirstOrDefault())?.Id;
    }
}
