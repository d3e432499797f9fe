using FlowStream.Streams.Tasks;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Threads;

/// <summary>What happens on one thread: each event writes its log line and its metric together.</summary>
internal sealed class StreamsEvents
{
    private readonly StreamsMetrics _metrics;
    private readonly ILogger _logger;
    private readonly KeyValuePair<string, object?> _thread;
    private long _timestampsAhead;

    public StreamsEvents(StreamsMetrics metrics, ILogger logger, string thread)
    {
        _metrics = metrics;
        _logger = logger;
        _thread = new("thread-id", thread);
    }

    public void Committed(long records, double latencyMs)
    {
        _metrics.Commit.Add(1, _thread);
        _metrics.CommitLatency.Record(latencyMs, _thread);
        _metrics.Process.Add(records, _thread);
    }

    public void Punctuated() => _metrics.Punctuate.Add(1, _thread);

    public void TaskCreated(TaskId task)
    {
        _metrics.TaskCreated.Add(1, _thread);
        StreamsLog.TaskAssigned(_logger, task);
    }

    public void TaskClosed(TaskId task, string why)
    {
        _metrics.TaskClosed.Add(1, _thread);
        StreamsLog.TaskClosed(_logger, task, why);
    }

    public void Restored(TaskId task, long rows, bool fromSnapshot)
    {
        _metrics.Restore.Add(rows, _thread);
        StreamsLog.TaskRestored(_logger, task, fromSnapshot, rows);
    }

    public void OffsetDiffers(TaskId task, long committed, long restored) =>
        StreamsLog.OffsetDiffers(_logger, task, committed, restored);

    public void StateMissing(TaskId task, long committed) =>
        StreamsLog.StateMissing(_logger, task, committed);

    public void TransactionLost(Exception cause)
    {
        _metrics.TransactionLost.Add(1, _thread);
        StreamsLog.TransactionLost(_logger, cause.Message);
    }

    /// <summary>
    /// The wall clock stands in for a record's timestamp. A sender whose clock is wrong sends many: the log gets ever fewer.
    /// </summary>
    public void TimestampAhead(TaskId task, long offset, long timestamp)
    {
        _metrics.TimestampAhead.Add(1, _thread);
        if (!long.IsPow2(++_timestampsAhead)) return;
        StreamsLog.TimestampAhead(_logger, task, timestamp, offset, _timestampsAhead);
    }

    /// <summary>Retention deleted records before they were read.</summary>
    public void InputDeleted(TaskId task, long position, long start)
    {
        _metrics.InputMissed.Add(start - position, _thread);
        StreamsLog.InputDeleted(_logger, task, start, position, start - position);
    }

    /// <summary>The input ends before the position that was read to: somebody recreated it, or it lost its end.</summary>
    public void InputShorter(TaskId task, long position, long start, long end)
    {
        _metrics.InputMissed.Add(end - start, _thread);
        StreamsLog.InputShorter(_logger, task, position, end, end - start);
    }

    public void RestoreDelayed(Exception cause) => StreamsLog.RestoreDelayed(_logger, cause.Message);

    public void PollFailed(Exception cause) => StreamsLog.PollFailed(_logger, cause.Message);

    public void SnapshotWritten(TaskId task)
    {
        _metrics.Snapshot.Add(1, _thread);
        StreamsLog.SnapshotWritten(_logger, task);
    }

    public void SnapshotFailed(TaskId task, Exception cause) =>
        StreamsLog.SnapshotFailed(_logger, task, cause.Message);

    public void SnapshotRefused(TaskId task, string why)
    {
        _metrics.SnapshotRefused.Add(1, _thread);
        StreamsLog.SnapshotRefused(_logger, task, why);
    }

    public void Memory(long bytes, bool paused, bool changed)
    {
        _metrics.MemoryBytes.Record(bytes, _thread);
        _metrics.MemoryPaused.Record(paused ? 1 : 0, _thread);
        if (!changed) return;
        if (paused) StreamsLog.MemoryPaused(_logger, bytes);
        else StreamsLog.MemoryResumed(_logger, bytes);
    }

    public void ThreadFailed(Exception cause)
    {
        _metrics.FailedThreads.Add(1, _thread);
        StreamsLog.ThreadStopped(_logger, cause);
    }
}
