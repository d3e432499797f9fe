using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// A group with everything around its state machine: the lock, the timer, the requests that wait, the offsets, and the record in the log.
/// Every member but <see cref="Gate"/> and <see cref="Id"/> needs <see cref="Gate"/> to be held.
/// </summary>
internal sealed class CoordinatedGroup : IGroupEffects, IDisposable
{
    private readonly OffsetsLog _log;
    private readonly TimeProvider _clock;
    private readonly GroupEvents _events;
    private readonly ITimer _timer;
    private readonly Dictionary<long, TaskCompletionSource<JoinResult>> _joins = [];
    private readonly Dictionary<long, TaskCompletionSource<SyncResult>> _syncs = [];
    private long _lastTicket;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private bool _storageFailed;

    /// <summary>A group that nobody has joined.</summary>
    public CoordinatedGroup(string id, GroupOptions options, OffsetsLog log, TimeProvider clock, GroupEvents events)
    {
        Id = id;
        _log = log;
        _clock = clock;
        _events = events;
        State = new ClassicGroup(options, this, static () => Guid.NewGuid().ToString());
        StateTimestamp = UnixMilliseconds;
        _timer = clock.CreateTimer(
            static group => ((CoordinatedGroup)group!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Held while anything else here is used. Taken after a transactional id's lock, before a log's.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The group's id.</summary>
    public string Id { get; }

    /// <summary>The members.</summary>
    public ClassicGroup State { get; }

    /// <summary>The offsets.</summary>
    public GroupOffsets Offsets { get; } = new();

    /// <summary>When the group last became stable or empty, Unix milliseconds.</summary>
    public long StateTimestamp { get; private set; }

    /// <summary>Whether there is a record of the group in the log.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Whether the broker is closing, or the group was deleted.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Now, on the monotonic clock that sessions and rebalances are measured by.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(0);

    /// <summary>Now, Unix milliseconds.</summary>
    public long UnixMilliseconds => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Hands a JoinGroup to the state machine.</summary>
    public Task<JoinResult> Join(JoinArguments arguments)
    {
        var answer = Park(_joins, out var ticket);
        State.Join(arguments, ticket, Now);
        AfterEvent();
        return answer;
    }

    /// <summary>Hands a SyncGroup to the state machine.</summary>
    public Task<SyncResult> Sync(in MemberClaim member, IReadOnlyDictionary<string, byte[]> assignments)
    {
        var answer = Park(_syncs, out var ticket);
        State.Sync(member.MemberId, member.InstanceId, member.Generation, assignments, ticket, Now);
        AfterEvent();
        return answer;
    }

    /// <summary>Hands a Heartbeat to the state machine.</summary>
    public ErrorCode Heartbeat(in MemberClaim member)
    {
        var error = State.Heartbeat(member.MemberId, member.InstanceId, member.Generation, Now);
        AfterEvent();
        return error;
    }

    /// <summary>Hands a LeaveGroup to the state machine.</summary>
    public ErrorCode[] Leave(IReadOnlyList<LeavingMember> leaving)
    {
        var errors = State.Leave(leaving, Now);
        AfterEvent();
        return errors;
    }

    /// <summary>Takes over the group's record at start.</summary>
    public void Restore(GroupSnapshot snapshot, long stateTimestamp)
    {
        State.Restore(snapshot, Now);
        StateTimestamp = stateTimestamp;
        IsStored = true;
    }

    /// <summary>Takes over the tombstone of the group's record at start.</summary>
    public void ForgetRecord()
    {
        State.Restore(new GroupSnapshot(string.Empty, 0, null, null, []), Now);
        IsStored = false;
    }

    /// <summary>Starts the sessions of a restored group.</summary>
    public void Start() => AfterEvent();

    /// <inheritdoc/>
    void IGroupEffects.AnswerJoin(long ticket, JoinResult result)
    {
        if (_storageFailed && result.Error == ErrorCode.None)
            result = JoinResult.Failed(ErrorCode.CoordinatorNotAvailable, result.MemberId);
        if (_joins.Remove(ticket, out var waiting))
            waiting.SetResult(result);
    }

    /// <inheritdoc/>
    void IGroupEffects.AnswerSync(long ticket, SyncResult result)
    {
        if (_storageFailed && result.Error == ErrorCode.None)
            result = SyncResult.Failed(ErrorCode.CoordinatorNotAvailable);
        if (_syncs.Remove(ticket, out var waiting))
            waiting.SetResult(result);
    }

    /// <inheritdoc/>
    void IGroupEffects.Persist()
    {
        var snapshot = State.ToSnapshot();
        StateTimestamp = UnixMilliseconds;
        try
        {
            _log.Append(Id, snapshot, StateTimestamp);
            IsStored = true;
            _events.GenerationStored(Id, snapshot.Generation, snapshot.Members.Count);
        }
        catch (IOException error)
        {
            // Nobody is told of a state that a restart would not know; members ask again and get the same from memory.
            _storageFailed = true;
            _events.StorageFailed(Id, error);
        }
    }

    /// <summary>Stops the timer. Requests that still wait are ended by the broker's own shutdown.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        _timer.Dispose();
    }

    private Task<T> Park<T>(Dictionary<long, TaskCompletionSource<T>> waiting, out long ticket)
    {
        ticket = ++_lastTicket;
        // The answer may be given while the lock is held: what waits for it must not run there.
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(ticket, source);
        return source.Task;
    }

    private void OnTimer()
    {
        lock (Gate)
        {
            if (IsDisposed)
                return;
            _armedFor = TimeSpan.MaxValue;
            State.AdvanceTo(Now);
            AfterEvent();
        }
    }

    private void AfterEvent()
    {
        _storageFailed = false;
        var next = State.NextDeadline ?? TimeSpan.MaxValue;
        // A deadline that moved away is found out when the timer fires; heartbeats need not touch the timer.
        if (next >= _armedFor || IsDisposed)
            return;
        _armedFor = next;
        var left = next - Now;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
