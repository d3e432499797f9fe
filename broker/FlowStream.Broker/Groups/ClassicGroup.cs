using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// One consumer group under the classic protocol (JoinGroup, SyncGroup, Heartbeat, LeaveGroup), as a pure state machine:
/// requests and the present time go in, answers and the wish to persist come out through <see cref="IGroupEffects"/>.
/// <para>
/// Empty -> PreparingRebalance -> CompletingRebalance -> Stable, and back to PreparingRebalance whenever the members or what they want
/// changes. The generation grows by one each time a join phase ends. Nothing here reads a clock: whoever holds the group calls
/// <see cref="AdvanceTo"/> no later than <see cref="NextDeadline"/>. Not thread-safe.
/// </para>
/// </summary>
internal sealed partial class ClassicGroup
{
    private readonly GroupOptions _options;
    private readonly IGroupEffects _effects;
    private readonly Func<string> _newId;

    // In the order of joining, so that choosing a new leader is deterministic.
    private readonly OrderedDictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _memberIdByInstance = new(StringComparer.Ordinal);

    // Ids given out that have not been used yet, with the time they lapse.
    private readonly Dictionary<string, TimeSpan> _pendingMembers = new(StringComparer.Ordinal);

    // Members that were told of this generation and have not sent SyncGroup.
    private readonly HashSet<string> _pendingSyncs = new(StringComparer.Ordinal);

    private TimeSpan? _joinDeadline;
    private TimeSpan? _syncDeadline;
    private bool _initialJoinPhase;
    private bool _memberAddedDuringDelay;
    private TimeSpan _initialDelayLeft;

    /// <summary>An empty group that nobody has joined.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="effects">Told what to do.</param>
    /// <param name="newId">Makes the unique part of a member id.</param>
    public ClassicGroup(GroupOptions options, IGroupEffects effects, Func<string> newId)
    {
        _options = options;
        _effects = effects;
        _newId = newId;
    }

    /// <summary>Where the group stands.</summary>
    public GroupState State { get; private set; }

    /// <summary>The number of the last generation; 0 before the first.</summary>
    public int Generation { get; private set; }

    /// <summary>What kind of group it is, or null before anyone joined.</summary>
    public string? ProtocolType { get; private set; }

    /// <summary>The protocol of this generation, or null.</summary>
    public string? Protocol { get; private set; }

    /// <summary>The member that assigns, or null when there are none.</summary>
    public string? LeaderId { get; private set; }

    /// <summary>The members in the order they joined.</summary>
    public IReadOnlyCollection<GroupMember> Members => _members.Values;

    /// <summary>When <see cref="AdvanceTo"/> must be called next, or null if time changes nothing.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = TimeSpan.MaxValue;
            if (State == GroupState.PreparingRebalance && _joinDeadline < next)
                next = _joinDeadline.Value;
            if (_syncDeadline < next)
                next = _syncDeadline.Value;
            foreach (var deadline in _pendingMembers.Values)
                next = deadline < next ? deadline : next;
            foreach (var member in _members.Values)
                next = member.CanExpire && member.SessionDeadline < next ? member.SessionDeadline : next;
            return next == TimeSpan.MaxValue ? null : next;
        }
    }

    /// <summary>Lets everything happen that is due: ids and sessions lapse, join and sync phases end.</summary>
    public void AdvanceTo(TimeSpan now)
    {
        ExpirePendingMembers(now);
        ExpireSessions(now);
        EndJoinPhaseIfDue(now);
        if (_syncDeadline <= now)
            RemoveMembersThatDidNotSync(now);
    }

    /// <summary>A member says it is alive.</summary>
    /// <returns>None, or 27 when it should rejoin, 25 or 82 when it is not a member any more, 22 when it missed a generation.</returns>
    public ErrorCode Heartbeat(string memberId, string? instanceId, int generation, TimeSpan now)
    {
        if (State is GroupState.Empty or GroupState.Dead)
            return ErrorCode.UnknownMemberId;
        var error = Validate(memberId, instanceId, out var member);
        if (error != ErrorCode.None)
            return error;
        if (generation != Generation)
            return ErrorCode.IllegalGeneration;
        member!.SessionDeadline = now + member.SessionTimeout;
        return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }

    /// <summary>Whether an OffsetCommit or TxnOffsetCommit with these credentials may be stored; refreshes the member's session.</summary>
    /// <param name="memberId">The member, or empty.</param>
    /// <param name="instanceId">The static member's name, or null.</param>
    /// <param name="generation">The generation the member believes in; negative for a commit from outside the group.</param>
    /// <param name="transactional">Whether the offsets are part of a transaction.</param>
    /// <param name="now">The present time.</param>
    public ErrorCode ValidateCommit(string memberId, string? instanceId, int generation, bool transactional, TimeSpan now)
    {
        var anonymous = generation < 0 && memberId.Length == 0 && instanceId is null;
        if (anonymous)
            return transactional || State == GroupState.Empty ? ErrorCode.None : ErrorCode.UnknownMemberId;
        if (generation < 0 && State == GroupState.Empty)
            return ErrorCode.None;
        var error = Validate(memberId, instanceId, out var member);
        if (error != ErrorCode.None)
            return error;
        if (generation != Generation)
            return ErrorCode.IllegalGeneration;
        if (!transactional && State == GroupState.CompletingRebalance)
            return ErrorCode.RebalanceInProgress;
        member!.SessionDeadline = now + member.SessionTimeout;
        return ErrorCode.None;
    }

    /// <summary>Marks the group deleted. The caller has seen that it is <see cref="GroupState.Empty"/>.</summary>
    public void MarkDead() => State = GroupState.Dead;

    private ErrorCode Validate(string memberId, string? instanceId, out GroupMember? member)
    {
        member = null;
        if (instanceId is not null)
        {
            if (!_memberIdByInstance.TryGetValue(instanceId, out var current))
                return ErrorCode.UnknownMemberId;
            if (current != memberId)
                return ErrorCode.FencedInstanceId;
        }

        return _members.TryGetValue(memberId, out member) ? ErrorCode.None : ErrorCode.UnknownMemberId;
    }

    private void AnswerJoin(GroupMember member, JoinResult result)
    {
        if (member.JoinTicket is not { } ticket)
            return;
        member.JoinTicket = null;
        _effects.AnswerJoin(ticket, result);
    }

    private void AnswerSync(GroupMember member, SyncResult result)
    {
        if (member.SyncTicket is not { } ticket)
            return;
        member.SyncTicket = null;
        _effects.AnswerSync(ticket, result);
    }
}
