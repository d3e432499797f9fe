using System.Collections.Concurrent;
using System.Text;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// Coordinates all consumer groups of the broker. One lock per group; nothing blocks while a JoinGroup or SyncGroup waits.
/// Its state is what <c>__consumer_offsets</c> holds: <see cref="Recover"/> reads it back before the first request.
/// </summary>
internal sealed partial class GroupCoordinator : IDisposable
{
    private readonly GroupOptions _options;
    private readonly OffsetsLog _log;
    private readonly TimeProvider _clock;
    private readonly GroupEvents _events;
    private readonly ConcurrentDictionary<string, CoordinatedGroup> _groups = new(StringComparer.Ordinal);

    // Groups with offsets in an open transaction, by producer. Guarded by itself.
    private readonly Dictionary<long, HashSet<CoordinatedGroup>> _groupsByProducer = [];
    private readonly ITimer _retention;

    /// <summary>A coordinator without groups yet.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="log">Where its state goes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="events">Where it reports.</param>
    public GroupCoordinator(GroupOptions options, OffsetsLog log, TimeProvider clock, GroupEvents events)
    {
        _options = options;
        _log = log;
        _clock = clock;
        _events = events;
        _retention = clock.CreateTimer(
            static coordinator =>
                ((GroupCoordinator)coordinator!).ApplyRetention(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A member enters; completes when its generation begins.</summary>
    public Task<JoinResult> JoinAsync(string groupId, JoinArguments arguments)
    {
        var error = Admit(groupId, arguments);
        while (error == ErrorCode.None)
        {
            var group = arguments.MemberId.Length == 0 ? FindOrCreate(groupId, out error) : Find(groupId);
            if (group is null)
                return Task.FromResult(JoinResult.Failed(error == ErrorCode.None ? ErrorCode.UnknownMemberId : error, arguments.MemberId));
            lock (group.Gate)
            {
                if (group.State.State != GroupState.Dead)
                    return group.Join(arguments);
            }
        }

        return Task.FromResult(JoinResult.Failed(error, arguments.MemberId));
    }

    /// <summary>A member asks for its assignment; completes when the leader has sent it.</summary>
    public Task<SyncResult> SyncAsync(string groupId, in MemberClaim member, IReadOnlyDictionary<string, byte[]> assignments)
    {
        if (assignments.Values.Sum(assignment => (long)assignment.Length) > _options.MaxGroupAssignmentBytes)
            return Task.FromResult(SyncResult.Failed(ErrorCode.PolicyViolation));
        if (Find(groupId) is { } group)
        {
            lock (group.Gate)
            {
                if (group.State.State != GroupState.Dead)
                    return group.Sync(member, assignments);
            }
        }

        return Task.FromResult(SyncResult.Failed(groupId.Length == 0 ? ErrorCode.InvalidGroupId : ErrorCode.UnknownMemberId));
    }

    /// <summary>A member says it is alive.</summary>
    public ErrorCode Heartbeat(string groupId, in MemberClaim member)
    {
        if (groupId.Length == 0)
            return ErrorCode.InvalidGroupId;
        if (Find(groupId) is not { } group)
            return ErrorCode.UnknownMemberId;
        lock (group.Gate)
            return group.Heartbeat(member);
    }

    /// <summary>Members leave.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="leaving">Who.</param>
    /// <returns>One code per entry.</returns>
    public ErrorCode[] Leave(string groupId, IReadOnlyList<LeavingMember> leaving)
    {
        if (Find(groupId) is not { } group)
            return [.. leaving.Select(_ => groupId.Length == 0 ? ErrorCode.InvalidGroupId : ErrorCode.UnknownMemberId)];
        lock (group.Gate)
            return group.Leave(leaving);
    }

    /// <summary>All groups, without their members.</summary>
    public IReadOnlyList<GroupDescription> List()
    {
        var groups = new List<GroupDescription>();
        foreach (var group in _groups.Values)
        {
            lock (group.Gate)
            {
                if (group.State.State != GroupState.Dead)
                    groups.Add(new(group.Id, group.State.State, group.State.ProtocolType ?? string.Empty, string.Empty, []));
            }
        }

        groups.Sort(static (a, b) => string.CompareOrdinal(a.GroupId, b.GroupId));
        return groups;
    }

    /// <summary>One group with its members.</summary>
    public GroupDescription Describe(string groupId)
    {
        if (Find(groupId) is not { } group)
            return GroupDescription.Unknown(groupId);
        lock (group.Gate)
        {
            if (group.State.State == GroupState.Dead)
                return GroupDescription.Unknown(groupId);
            var snapshot = group.State.ToSnapshot();
            var stable = group.State.State == GroupState.Stable;
            IReadOnlyList<MemberSnapshot> members = stable
                ? snapshot.Members
                : [.. snapshot.Members.Select(member => member with { Metadata = [], Assignment = [] })];
            return new(groupId, group.State.State, snapshot.ProtocolType, stable ? snapshot.Protocol! : string.Empty, members);
        }
    }

    /// <summary>Deletes a group without members, and its offsets.</summary>
    public ErrorCode Delete(string groupId)
    {
        if (groupId.Length == 0)
            return ErrorCode.InvalidGroupId;
        if (Find(groupId) is not { } group)
            return ErrorCode.GroupIdNotFound;
        lock (group.Gate)
        {
            return group.State.State switch
            {
                GroupState.Dead => ErrorCode.GroupIdNotFound,
                GroupState.Empty => DeleteEmpty(group),
                _ => ErrorCode.NonEmptyGroup,
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _retention.Dispose();
        foreach (var group in _groups.Values)
        {
            lock (group.Gate)
                group.Dispose();
        }

        _log.Dispose();
        _events.Dispose();
    }

    private CoordinatedGroup? Find(string groupId) => _groups.GetValueOrDefault(groupId);

    private CoordinatedGroup? FindOrCreate(string groupId, out ErrorCode error)
    {
        error = ErrorCode.None;
        if (Find(groupId) is { } found)
            return found;
        if (_groups.Count >= _options.MaxGroups)
            error = ErrorCode.PolicyViolation;
        else if (Encoding.UTF8.GetByteCount(groupId) > GroupOptions.MaxGroupIdBytes)
            error = ErrorCode.InvalidGroupId;
        return error == ErrorCode.None ? _groups.GetOrAdd(groupId, NewGroup) : null;
    }

    private CoordinatedGroup NewGroup(string groupId) => new(groupId, _options, _log, _clock, _events);

    private ErrorCode Admit(string groupId, JoinArguments arguments)
    {
        if (groupId.Length == 0)
            return ErrorCode.InvalidGroupId;
        if (arguments.SessionTimeout < _options.MinSessionTimeout || arguments.SessionTimeout > _options.MaxSessionTimeout)
            return ErrorCode.InvalidSessionTimeout;
        var bytes = arguments.Protocols.Sum(protocol => (long)protocol.Metadata.Length);
        return bytes > _options.MaxMemberMetadataBytes ? ErrorCode.PolicyViolation : ErrorCode.None;
    }

    private ErrorCode DeleteEmpty(CoordinatedGroup group)
    {
        try
        {
            var now = group.UnixMilliseconds;
            _log.Append(group.Id, [.. group.Offsets.Partitions.Select(partition => (partition, (CommittedOffset?)null))], now);
            if (group.IsStored)
                _log.Append(group.Id, null, now);
        }
        catch (IOException error)
        {
            _events.StorageFailed(group.Id, error);
            return ErrorCode.CoordinatorNotAvailable;
        }

        // Both while the lock is held: whoever comes next either finds no group, or one that is dead and looks again.
        group.State.MarkDead();
        group.Dispose();
        _groups.TryRemove(group.Id, out _);
        return ErrorCode.None;
    }
}
