using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// One input partition, its processor and its position. Everything here is uncommitted work on top of the last commit: when the transaction
/// is lost, <see cref="Reset"/> throws it away. Used by one thread.
/// </summary>
internal sealed class StreamTask
{
    private readonly StageDefinition _stage;

    public StreamTask(StageDefinition stage, int partition)
    {
        _stage = stage;
        Id = new TaskId(stage.Name, partition);
        Processor = stage.CreateProcessor(partition);
        Clock = new StreamClock((long)stage.TimeAllowance.TotalMilliseconds, stage.Sources);
    }

    public TaskId Id { get; }

    public TaskState State { get; set; }

    public IProcessor Processor { get; private set; }

    public StreamClock Clock { get; private set; }

    /// <summary>Names the changelog partition this state belongs to.</summary>
    public Guid ChangelogId { get; private set; }

    /// <summary>Offset of the next input record.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Whether there is work since the last commit.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Whether the partition was read to its end and nothing has come since.</summary>
    public bool IsCaughtUp { get; set; }

    /// <summary>Whether a commit moved the task since its last snapshot.</summary>
    public bool IsSnapshotStale { get; set; }

    /// <summary>When the last record came, in the thread's milliseconds.</summary>
    public long LastRecordMs { get; private set; }

    public TaskPosition Position => new(NextOffset, Clock.Time, ChangelogId);

    /// <summary>Forgets everything in memory; the task has to be restored.</summary>
    public void Reset()
    {
        Processor = _stage.CreateProcessor(Id.Partition);
        Clock = new StreamClock((long)_stage.TimeAllowance.TotalMilliseconds, _stage.Sources);
        State = TaskState.Restoring;
        IsDirty = IsCaughtUp = IsSnapshotStale = false;
        NextOffset = 0;
    }

    /// <summary>Begins work from a restored position.</summary>
    public void Start(TaskPosition position, long nowMs)
    {
        ChangelogId = position.ChangelogId;
        NextOffset = position.InputOffset;
        Clock.Restore(position.StreamTime, nowMs);
        LastRecordMs = nowMs;
        State = TaskState.Restored;
    }

    /// <summary>Tells the processor the restored time and takes records from now on.</summary>
    public void Resume(IRecordCollector output)
    {
        State = TaskState.Running;
        if (Clock.Time == long.MinValue) return;
        if (Processor.NextTimer <= Clock.Time) IsDirty = true;
        Processor.AdvanceTime(Clock.Time, output);
    }

    /// <summary>Gives the processor one record and, when the record moved time, the new time.</summary>
    public void Process(in ConsumedRecord record, IRecordCollector output, long nowMs)
    {
        IsDirty = true;
        IsCaughtUp = false;
        LastRecordMs = nowMs;
        NextOffset = record.Offset + 1;
        var input = new InputRecord
        {
            Offset = record.Offset,
            Timestamp = record.Timestamp,
            Key = record.Key,
            Value = record.Value,
            Headers = record.Headers ?? RecordHeaders.Empty,
        };
        Processor.Process(in input, output);
        if (Observe(record, nowMs)) Processor.AdvanceTime(Clock.Time, output);
    }

    private bool Observe(in ConsumedRecord record, long nowMs) => _stage.Sources is { } sources
        ? Clock.Observe(sources.SourceOf(record.Value), record.Timestamp, nowMs)
        : Clock.Observe(record.Timestamp, nowMs);

    /// <summary>The time the wall clock carries this task to, when a timer is due by then; otherwise null.</summary>
    public long? DueTime(long nowMs)
    {
        var time = Clock.CarriedTo(nowMs);
        return time != long.MinValue && time >= Processor.NextTimer ? time : null;
    }

    /// <summary>Moves time on without a record. The step is work of its own: the commit logs the time with what it caused.</summary>
    public void Carry(long time, IRecordCollector output)
    {
        IsDirty = true;
        Clock.Carry(time);
        Processor.AdvanceTime(Clock.Time, output);
    }

    /// <summary>Writes the commit's rows: the processor's, then the task's position.</summary>
    public void PrepareCommit(ChangelogWriter changelog, IRecordCollector output)
    {
        Processor.Commit(changelog, output);
        changelog.PutPosition(Position);
    }

    /// <summary>The transaction is committed.</summary>
    public void Committed()
    {
        IsDirty = false;
        IsSnapshotStale = true;
    }
}
