using FlowStream.Streams.Clients;
using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>Commits the tasks of a thread in one transaction and cuts snapshots right after a commit, never at another time.</summary>
internal sealed class TaskCommitter : IDisposable
{
    private readonly ThreadTransaction _transaction;
    private readonly IRecordCollector _output;
    private readonly StreamThreadContext _context;
    private readonly ChangelogWriter _changelog;
    private readonly List<PartitionOffset> _offsets = [];
    private readonly List<StreamTask> _dirty = [];
    private IChangelogReader? _log;
    private long _lastSnapshotMs;

    public TaskCommitter(ThreadTransaction transaction, IRecordCollector output, StreamThreadContext context)
    {
        _transaction = transaction;
        _output = output;
        _context = context;
        _changelog = new ChangelogWriter(context.ChangelogTopic);
    }

    /// <summary>Commits every task with work; returns false when none has any.</summary>
    public bool Commit(List<StreamTask> tasks, IInputConsumer consumer, int records)
    {
        _offsets.Clear();
        _dirty.Clear();
        foreach (var task in tasks)
        {
            if (task.State == TaskState.Running && task.IsDirty) _dirty.Add(task);
        }

        if (_dirty.Count == 0) return false;
        var begin = _context.Time.GetTimestamp();
        var producer = _transaction.Ensure();
        foreach (var task in _dirty)
        {
            _changelog.Begin(producer, task.Id.Partition, Math.Max(0, task.Clock.Time));
            task.PrepareCommit(_changelog, _output);
            _offsets.Add(new PartitionOffset(task.Id.Partition, task.NextOffset));
        }

        _transaction.Commit(consumer, _offsets);
        foreach (var task in _dirty) task.Committed();
        _context.Events.Committed(records, _context.Time.GetElapsedTime(begin).TotalMilliseconds);
        return true;
    }

    /// <summary>Cuts snapshots of the tasks that changed, when the interval has passed. To be called right after a commit.</summary>
    public void SnapshotDue(List<StreamTask> tasks, long nowMs)
    {
        if (nowMs - _lastSnapshotMs < _context.Options.SnapshotInterval.TotalMilliseconds) return;
        _lastSnapshotMs = nowMs;
        SnapshotAll(tasks);
    }

    /// <summary>Cuts snapshots of the tasks that changed. To be called right after a commit.</summary>
    public void SnapshotAll(List<StreamTask> tasks)
    {
        foreach (var task in tasks)
        {
            if (task.State == TaskState.Running && task.IsSnapshotStale && !task.IsDirty) Snapshot(task);
        }
    }

    public void Dispose() => _log?.Dispose();

    // The log's end lies behind the commit just made, and nobody else writes there while the task is ours. A snapshot only saves time, so
    // failing to write one is reported and no reason to stop.
    private void Snapshot(StreamTask task)
    {
        try
        {
            _log ??= _context.Client.CreateChangelogReader(_context.Name);
            var end = _log.HighWatermark(_context.ChangelogTopic, task.Id.Partition);
            _context.Snapshots.Write(task.Id, new SnapshotHeader(task.Position, end), task.Processor);
            task.IsSnapshotStale = false;
            _context.Events.SnapshotWritten(task.Id);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or KafkaClientException { Failure: not ClientFailure.Fatal })
        {
            _context.Events.SnapshotFailed(task.Id, e);
        }
    }
}
