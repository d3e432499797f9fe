using FlowStream.Streams.Clients;
using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>
/// Runs tasks of one stage: it owns one consumer, one transactional producer and the tasks the group gives it. <see cref="RunOnce"/> is one
/// turn: poll, process, carry time on, commit when due. Whoever calls it provides the thread; all state is that thread's alone.
/// </summary>
/// <remarks>
/// There is one way out of every failed transaction, <see cref="Rebuild"/>: dispose the producer, drop the tasks' memory, restore, seek to
/// the committed position. It does not ask whether the commit took effect: what is restored answers that.
/// </remarks>
internal sealed class StreamThread : IRebalanceListener, IDisposable
{
    private readonly IInputConsumer _consumer;
    private readonly ThreadTransaction _transaction;
    private readonly TaskRestorer _restorer;
    private readonly TaskCommitter _committer;
    private readonly MemoryGuard _memory;
    private readonly RecordCollector _output;
    private readonly StageDefinition _stage;
    private readonly StreamsOptions _options;
    private readonly ThreadClock _clock;
    private readonly StreamsEvents _events;
    private readonly Backoff _backoff;
    private readonly StateQueries _queries;
    private readonly TaskSet _tasks = new();
    private readonly long _idleAfterMs;
    private readonly long _commitIntervalMs;
    private readonly long _maxLeadMs;
    private bool _hasJoined;
    private KafkaClientException? _lost;
    private long _lastCommitMs;
    private int _uncommitted;

    public StreamThread(StageDefinition stage, StreamThreadContext context)
    {
        _stage = stage;
        _options = context.Options;
        _clock = new ThreadClock(context.Time);
        _events = context.Events;
        _queries = context.Queries;
        _transaction = new ThreadTransaction(context.Client, context.TransactionalId);
        _output = new RecordCollector(_transaction, stage);
        _restorer = new TaskRestorer(
            context.Client, context.Snapshots, context.ChangelogTopic, context.Name, context.Options, context.Time, context.Events);
        _committer = new TaskCommitter(_transaction, _output, context);
        _memory = new MemoryGuard(context.Options.MemoryBudget, context.Events);
        _backoff = new Backoff(context.Options.MinBackoff, context.Options.MaxBackoff);
        _idleAfterMs = (long)context.Options.IdleAfter.TotalMilliseconds;
        _commitIntervalMs = (long)context.Options.CommitInterval.TotalMilliseconds;
        _maxLeadMs = context.Options.MaxTimestampLead is { } lead ? (long)lead.TotalMilliseconds : long.MaxValue;
        _lastCommitMs = _clock.NowMs;
        _consumer = context.Client.CreateConsumer(context.GroupId, stage.InputTopic, context.Name, stage.ReadsHeaders);
        _consumer.Subscribe(this);
    }

    /// <summary>The tasks, for who looks on (same thread only).</summary>
    public IReadOnlyList<StreamTask> Tasks => _tasks.All;

    /// <summary>Whether the group has answered and every task runs.</summary>
    public bool IsRunning => _hasJoined && _tasks.FirstNot(TaskState.Running) is null && _lost is null;

    /// <summary>Whether any task has work that is not committed.</summary>
    public bool IsDirty
    {
        get
        {
            foreach (var task in _tasks.All)
            {
                if (task.IsDirty) return true;
            }

            return false;
        }
    }

    /// <summary>Time until a timer fires if nothing comes in, or null when none is pending.</summary>
    public TimeSpan? UntilNextTimer()
    {
        _clock.Refresh();
        long? wait = null;
        foreach (var task in _tasks.All)
        {
            var carried = task.Clock.CarriedTo(_clock.NowMs);
            if (carried == long.MinValue || task.Processor.NextTimer == long.MaxValue) continue;
            var untilIdle = _idleAfterMs - (_clock.NowMs - task.LastRecordMs);
            wait = Math.Min(wait ?? long.MaxValue, Math.Max(task.Processor.NextTimer - carried, untilIdle));
        }

        return wait is { } ms ? TimeSpan.FromMilliseconds(Math.Max(0, ms)) : null;
    }

    /// <summary>
    /// One turn. Returns whether anything was done, so that a caller without a clock of its own knows when all is still.
    /// </summary>
    /// <exception cref="KafkaClientException">A <see cref="ClientFailure.Fatal"/> one: the thread has to be disposed.</exception>
    public bool RunOnce(int pollTimeoutMs)
    {
        try
        {
            _clock.Refresh();
            var worked = !_backoff.IsWaiting(_clock.NowMs) && TryRestoreTasks();
            worked |= Poll(worked || _tasks.FirstNot(TaskState.Running) is not null ? 0 : PollTimeout(pollTimeoutMs), pollTimeoutMs);
            worked |= CarryTime();
            if (IsCommitDue()) Commit();
            _queries.Continue(_tasks);
            return worked;
        }
        catch (KafkaClientException e) when (e.Failure != ClientFailure.Fatal)
        {
            Rebuild(e);
            return true;
        }
    }

    /// <summary>Commits what is done, whether due or not. On failure the thread is rebuilt, and the work is done again later.</summary>
    public bool TryCommit()
    {
        try
        {
            _clock.Refresh();
            Commit();
            return true;
        }
        catch (KafkaClientException e) when (e.Failure != ClientFailure.Fatal)
        {
            Rebuild(e);
            return false;
        }
    }

    /// <summary>Commits, writes snapshots and leaves the group.</summary>
    public void Close()
    {
        if (TryCommit()) _committer.SnapshotAll(_tasks.All);
        _consumer.Close();
    }

    /// <summary>Lets go of everything without committing, as a crash would.</summary>
    public void Dispose()
    {
        _transaction.Dispose();
        _restorer.Dispose();
        _committer.Dispose();
        _consumer.Dispose();
    }

    void IRebalanceListener.OnAssigned(IReadOnlyList<int> partitions)
    {
        _hasJoined = true;
        foreach (var partition in partitions)
        {
            var task = new StreamTask(_stage, partition);
            _tasks.Add(task);
            _events.TaskCreated(task.Id);
        }
    }

    void IRebalanceListener.OnRevoked(IReadOnlyList<int> partitions)
    {
        try
        {
            if (_lost is null) Commit();
        }
        catch (KafkaClientException e)
        {
            // Thrown from here it would pass through the client's native frames; the turn in progress finds it.
            _lost = e;
        }

        Remove(partitions, "revoked");
    }

    void IRebalanceListener.OnLost(IReadOnlyList<int> partitions)
    {
        Remove(partitions, "lost");
        // Their writes are in the open transaction, together with those of the tasks that stay.
        if (_transaction.IsOpen) _lost ??= new KafkaClientException(ClientFailure.TransactionLost, "The group took partitions away.");
    }

    private void Remove(IReadOnlyList<int> partitions, string why)
    {
        _restorer.Cancel();
        foreach (var partition in partitions)
        {
            if (_tasks.Remove(partition) is { } task) _events.TaskClosed(task.Id, why);
        }
    }

    // What can be asked again is no reason to give up the work of the tasks that run.
    private bool TryRestoreTasks()
    {
        try
        {
            return RestoreTasks();
        }
        catch (KafkaClientException e) when (e.Failure == ClientFailure.Retriable)
        {
            _restorer.Cancel();
            _events.RestoreDelayed(e);
            _backoff.Failed(_clock.NowMs);
            return true;
        }
    }

    private bool RestoreTasks()
    {
        // Also while the group is still being joined: finding the transaction coordinator takes as long as that.
        _transaction.EnsureProducer();
        if (_tasks.FirstNot(TaskState.Running) is not { } task) return false;
        if (task.State == TaskState.Restoring)
        {
            _consumer.Pause(task.Id.Partition);
            if (!_restorer.Restore(task, _consumer, _clock.NowMs, (int)_options.PollTimeout.TotalMilliseconds)) return true;
        }

        if (!_consumer.TrySeek(task.Id.Partition, task.NextOffset)) return true;
        if (!_memory.IsPaused) _consumer.Resume(task.Id.Partition);
        _clock.Refresh();
        task.Resume(_output);
        if (_tasks.FirstNot(TaskState.Running) is null) _restorer.Release();
        return true;
    }

    private bool Poll(int firstTimeoutMs, int pollTimeoutMs)
    {
        var timeout = _backoff.IsWaiting(_clock.NowMs) ? (int)Math.Min(pollTimeoutMs, _backoff.Remaining(_clock.NowMs)) : firstTimeoutMs;
        var records = 0;
        for (; records < _options.PollRecords; records++)
        {
            var result = Next(timeout, out var record);
            if (_lost is { } lost) throw lost;
            if (result == PollResult.Nothing) break;
            if (timeout != 0) _clock.Refresh();
            timeout = 0;
            if (_tasks.Find(record.Partition) is not { State: TaskState.Running } task) continue;
            if (result == PollResult.EndOfPartition)
            {
                task.IsCaughtUp = true;
                continue;
            }

            // Never a record twice, whatever the client had read ahead before it was moved.
            if (record.Offset < task.NextOffset) continue;
            if (record.Timestamp - _clock.UtcMs > _maxLeadMs) Redate(ref record, task);
            task.Process(in record, _output, _clock.NowMs);
            if (++_uncommitted >= _options.CommitRecords) Commit();
        }

        if (records != 0) _clock.Refresh();
        return records != 0;
    }

    // Nobody's clock shows that time yet. Like time that the wall clock carries on, what comes of it is in the changelog once committed.
    private void Redate(ref ConsumedRecord record, StreamTask task)
    {
        _events.TimestampAhead(task.Id, record.Offset, record.Timestamp);
        record.Timestamp = _clock.UtcMs;
    }

    private PollResult Next(int timeoutMs, out ConsumedRecord record)
    {
        try
        {
            return _consumer.Poll(timeoutMs, out record);
        }
        catch (KafkaClientException e) when (e.Failure == ClientFailure.Retriable)
        {
            _events.PollFailed(e);
            record = default;
            return PollResult.Nothing;
        }
    }

    // Time is carried on only where the partition was read to its end: what waits to be read has the better claim to say what time it is. A
    // thread paused at its memory budget reads nothing, and only timers can free its memory, so there the wall clock goes on alone.
    private bool CarryTime()
    {
        var worked = false;
        foreach (var task in _tasks.All)
        {
            if (task.State != TaskState.Running || !(task.IsCaughtUp || _memory.IsPaused)) continue;
            if (_clock.NowMs - task.LastRecordMs < _idleAfterMs || task.DueTime(_clock.NowMs) is not { } time) continue;
            task.Carry(time, _output);
            _events.Punctuated();
            worked = true;
        }

        return worked;
    }

    // While somebody waits for an answer, records are not waited for.
    private int PollTimeout(int timeoutMs) => _queries.Any ? Math.Min(timeoutMs, 1) : timeoutMs;

    private bool IsCommitDue() => _clock.NowMs - _lastCommitMs >= _commitIntervalMs;

    private void Commit()
    {
        _lastCommitMs = _clock.NowMs;
        if (_committer.Commit(_tasks.All, _consumer, _uncommitted)) _backoff.Succeeded();
        _uncommitted = 0;
        _clock.Refresh();
        _committer.SnapshotDue(_tasks.All, _clock.NowMs);
        _memory.Check(_tasks.All, _consumer);
    }

    private void Rebuild(KafkaClientException cause)
    {
        _lost = null;
        _uncommitted = 0;
        _events.TransactionLost(cause);
        _transaction.Discard();
        _restorer.Cancel();
        foreach (var task in _tasks.All)
        {
            task.Reset();
            _consumer.Pause(task.Id.Partition);
        }

        _clock.Refresh();
        _lastCommitMs = _clock.NowMs;
        _backoff.Failed(_clock.NowMs);
    }
}
