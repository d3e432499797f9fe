using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>The join phase: how it begins, how it ends, and what is voted on.</content>
internal sealed partial class ClassicGroup
{
    private void RebalanceOrCompleteJoin(TimeSpan now)
    {
        if (State == GroupState.PreparingRebalance)
            CompleteJoinIfAllAreHere(now);
        else
            PrepareRebalance(now);
    }

    private void PrepareRebalance(TimeSpan now)
    {
        if (State == GroupState.CompletingRebalance)
            AbandonSyncs(now);
        _pendingSyncs.Clear();
        _syncDeadline = null;
        _initialJoinPhase = State == GroupState.Empty;
        var timeout = LongestRebalanceTimeout();
        if (_initialJoinPhase)
        {
            var delay = _options.InitialRebalanceDelay;
            _memberAddedDuringDelay = false;
            _initialDelayLeft = timeout > delay ? timeout - delay : TimeSpan.Zero;
            _joinDeadline = now + delay;
        }
        else
        {
            _joinDeadline = now + timeout;
        }

        State = GroupState.PreparingRebalance;
        CompleteJoinIfAllAreHere(now);
    }

    private void CompleteJoinIfAllAreHere(TimeSpan now)
    {
        // The first join phase of a group always waits its delay out: more members are likely on their way.
        if (!_initialJoinPhase && _pendingMembers.Count == 0 && _members.Values.All(member => member.JoinTicket is not null))
            CompleteJoin(now);
    }

    private void EndJoinPhaseIfDue(TimeSpan now)
    {
        if (State != GroupState.PreparingRebalance || _joinDeadline > now)
            return;
        if (_initialJoinPhase && _memberAddedDuringDelay && _initialDelayLeft > TimeSpan.Zero)
        {
            var delay = TimeSpan.FromTicks(Math.Min(_options.InitialRebalanceDelay.Ticks, _initialDelayLeft.Ticks));
            _memberAddedDuringDelay = false;
            _initialDelayLeft -= delay;
            _joinDeadline = now + delay;
            if (delay > TimeSpan.Zero)
                return;
        }

        CompleteJoin(now);
    }

    private void CompleteJoin(TimeSpan now)
    {
        foreach (var member in _members.Values.Where(m => m is { JoinTicket: null, InstanceId: null }).ToArray())
            Remove(member, ErrorCode.UnknownMemberId);

        if (_members.Count > 0 && !ElectLeaderAmongJoined())
        {
            // Only static members are left and none has come back; their sessions end the wait.
            _joinDeadline = now + LongestRebalanceTimeout();
            return;
        }

        _joinDeadline = null;
        _initialJoinPhase = false;
        Generation++;
        if (_members.Count == 0)
        {
            Protocol = null;
            State = GroupState.Empty;
            _effects.Persist();
            return;
        }

        Protocol = VoteForProtocol();
        State = GroupState.CompletingRebalance;
        _syncDeadline = now + LongestRebalanceTimeout();
        foreach (var member in _members.Values)
        {
            if (member.JoinTicket is null)
                continue;
            member.IsNew = false;
            member.SessionDeadline = now + member.SessionTimeout;
            _pendingSyncs.Add(member.Id);
            AnswerJoin(member, CurrentGenerationFor(member));
        }
    }

    private bool ElectLeaderAmongJoined()
    {
        if (LeaderId is not null && _members[LeaderId].JoinTicket is not null)
            return true;
        var joined = _members.Values.FirstOrDefault(member => member.JoinTicket is not null);
        LeaderId = joined?.Id ?? LeaderId;
        return joined is not null;
    }

    private JoinResult CurrentGenerationFor(GroupMember member)
    {
        // After a leader's restart in a stable group its rejoin starts a rebalance, so only a completing one lists the members again.
        IReadOnlyList<JoinedMember> members = member.Id == LeaderId && State == GroupState.CompletingRebalance
            ? [.. _members.Values.Select(m => new JoinedMember(m.Id, m.InstanceId, m.MetadataFor(Protocol)))]
            : [];
        return new JoinResult(ErrorCode.None, member.Id, Generation, Protocol!, LeaderId!, members);
    }

    private bool IsSupportedByAll(string protocol) =>
        _members.Values.All(member => member.Protocols.Any(candidate => candidate.Name == protocol));

    /// <summary>The protocol that most members prefer among those all know; the leader's order decides a tie.</summary>
    private string VoteForProtocol()
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in _members.Values)
        {
            var choice = member.Protocols.First(candidate => IsSupportedByAll(candidate.Name)).Name;
            votes[choice] = votes.GetValueOrDefault(choice) + 1;
        }

        var most = votes.Values.Max();
        return _members[LeaderId!].Protocols.First(candidate => votes.GetValueOrDefault(candidate.Name) == most).Name;
    }

    private TimeSpan LongestRebalanceTimeout()
    {
        var longest = TimeSpan.Zero;
        foreach (var member in _members.Values)
            longest = member.RebalanceTimeout > longest ? member.RebalanceTimeout : longest;
        return longest;
    }
}
