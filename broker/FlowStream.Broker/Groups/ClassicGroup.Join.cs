using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>JoinGroup: who may enter, and under which id.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>A member wants to enter, or to enter the next generation. The answer may come much later.</summary>
    public void Join(JoinArguments arguments, long ticket, TimeSpan now)
    {
        var error = Admit(arguments);
        if (error != ErrorCode.None)
        {
            _effects.AnswerJoin(ticket, JoinResult.Failed(error, arguments.MemberId));
            return;
        }

        if (arguments.MemberId.Length == 0)
            JoinUnknown(arguments, ticket, now);
        else if (_pendingMembers.ContainsKey(arguments.MemberId))
            JoinPending(arguments, ticket, now);
        else
            JoinKnown(arguments, ticket, now);
        EndJoinPhaseIfDue(now);
    }

    private ErrorCode Admit(JoinArguments arguments)
    {
        if (!SupportsProtocols(arguments))
            return ErrorCode.InconsistentGroupProtocol;
        var known = _members.ContainsKey(arguments.MemberId)
            || _pendingMembers.ContainsKey(arguments.MemberId)
            || (arguments.InstanceId is not null && _memberIdByInstance.ContainsKey(arguments.InstanceId));
        return known || _members.Count + _pendingMembers.Count < _options.MaxMembers ? ErrorCode.None : ErrorCode.GroupMaxSizeReached;
    }

    private void JoinUnknown(JoinArguments arguments, long ticket, TimeSpan now)
    {
        var id = $"{arguments.InstanceId ?? arguments.ClientId}-{_newId()}";
        if (arguments.InstanceId is not null && _memberIdByInstance.TryGetValue(arguments.InstanceId, out var replaced))
        {
            ReplaceStaticMember(_members[replaced], id, arguments, ticket, now);
        }
        else if (arguments.InstanceId is null && arguments.RequireKnownMemberId)
        {
            _pendingMembers.Add(id, now + arguments.SessionTimeout);
            _effects.AnswerJoin(ticket, JoinResult.Failed(ErrorCode.MemberIdRequired, id));
        }
        else
        {
            AddMember(id, arguments, ticket, now);
        }
    }

    private void JoinPending(JoinArguments arguments, long ticket, TimeSpan now)
    {
        // Ids are set aside for dynamic members only; a static member never gets one this way.
        if (arguments.InstanceId is not null)
        {
            _effects.AnswerJoin(ticket, JoinResult.Failed(ErrorCode.UnknownMemberId, arguments.MemberId));
            return;
        }

        _pendingMembers.Remove(arguments.MemberId);
        AddMember(arguments.MemberId, arguments, ticket, now);
    }

    private void JoinKnown(JoinArguments arguments, long ticket, TimeSpan now)
    {
        var error = Validate(arguments.MemberId, arguments.InstanceId, out var member);
        if (error != ErrorCode.None)
        {
            _effects.AnswerJoin(ticket, JoinResult.Failed(error, arguments.MemberId));
            return;
        }

        var unchanged = member!.Matches(arguments.Protocols);
        var answerAtOnce = unchanged
            && (State == GroupState.CompletingRebalance || (State == GroupState.Stable && member.Id != LeaderId));
        if (answerAtOnce)
        {
            // The client did not get, or lost, the answer for this generation.
            member.SessionDeadline = now + member.SessionTimeout;
            _effects.AnswerJoin(ticket, CurrentGenerationFor(member));
            return;
        }

        member.Update(arguments);
        ParkJoin(member, ticket);
        RebalanceOrCompleteJoin(now);
    }

    private void AddMember(string id, JoinArguments arguments, long ticket, TimeSpan now)
    {
        var member = new GroupMember(id, arguments) { IsNew = true, SessionDeadline = now + _options.NewMemberJoinTimeout };
        if (_members.Count == 0)
            ProtocolType = arguments.ProtocolType;
        _members.Add(id, member);
        LeaderId ??= id;
        if (member.InstanceId is not null)
            _memberIdByInstance[member.InstanceId] = id;
        if (_initialJoinPhase)
            _memberAddedDuringDelay = true;
        ParkJoin(member, ticket);
        RebalanceOrCompleteJoin(now);
    }

    private void ReplaceStaticMember(GroupMember member, string id, JoinArguments arguments, long ticket, TimeSpan now)
    {
        var oldId = member.Id;
        var oldLeader = LeaderId!;
        AnswerJoin(member, JoinResult.Failed(ErrorCode.FencedInstanceId, oldId));
        AnswerSync(member, SyncResult.Failed(ErrorCode.FencedInstanceId));
        Rename(member, id);
        member.Update(arguments);
        member.ClientId = arguments.ClientId;
        member.ClientHost = arguments.ClientHost;
        member.SessionDeadline = now + member.SessionTimeout;

        if (State == GroupState.Stable && VoteForProtocol() == Protocol)
        {
            // The others need not notice. The old leader id tells a restarted leader that it is a follower: the assignment stands.
            _effects.Persist();
            _effects.AnswerJoin(ticket, new JoinResult(ErrorCode.None, id, Generation, Protocol!, oldLeader, []));
            return;
        }

        ParkJoin(member, ticket);
        RebalanceOrCompleteJoin(now);
    }

    private void Rename(GroupMember member, string id)
    {
        var oldId = member.Id;
        var position = _members.IndexOf(oldId);
        _members.RemoveAt(position);
        _members.Insert(position, id, member);
        member.Id = id;
        _memberIdByInstance[member.InstanceId!] = id;
        if (_pendingSyncs.Remove(oldId))
            _pendingSyncs.Add(id);
        if (LeaderId == oldId)
            LeaderId = id;
    }

    private void ParkJoin(GroupMember member, long ticket)
    {
        // A second request of the same member replaces the first, whose connection is most likely gone.
        AnswerJoin(member, JoinResult.Failed(ErrorCode.RebalanceInProgress, member.Id));
        member.JoinTicket = ticket;
    }

    private bool SupportsProtocols(JoinArguments arguments)
    {
        if (arguments.Protocols.Count == 0 || arguments.ProtocolType.Length == 0)
            return false;
        if (_members.Count == 0)
            return true;
        return arguments.ProtocolType == ProtocolType && arguments.Protocols.Any(protocol => IsSupportedByAll(protocol.Name));
    }
}
