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
        _logger.LogInformation("Task {Task} assigned", task);
    }

    public void TaskClosed(TaskId task, string why)
    {
        _metrics.TaskClosed.Add(1, _thread);
        _logger.LogInformation("Task {Task} closed: {Why}", task, why);
    }

    public void Restored(TaskId task, long rows, bool fromSnapshot)
    {
        _metrics.Restore.Add(rows, _thread);
        _logger.LogInformation("Task {Task} restored: snapshot {Snapshot}, {Rows} changelog rows", task, fromSnapshot, rows);
    }

    public void OffsetDiffers(TaskId task, long committed, long restored) =>
        _logger.LogWarning(
            "Task {Task}: the group stands at {Committed}, the state at {Restored}; going on where the state stands",
            task, committed, restored);

    public void StateMissing(TaskId task, long committed) =>
        _logger.LogWarning(
            "Task {Task}: the group stands at {Committed}, but the changelog is empty; going on without state", task, committed);

    public void TransactionLost(Exception cause)
    {
        _metrics.TransactionLost.Add(1, _thread);
        _logger.LogWarning("Transaction given up, state will be restored: {Cause}", cause.Message);
    }

    /// <summary>
    /// The wall clock stands in for a record's timestamp. A sender whose clock is wrong sends many: the log gets ever fewer.
    /// </summary>
    public void TimestampAhead(TaskId task, long offset, long timestamp)
    {
        _metrics.TimestampAhead.Add(1, _thread);
        if (!long.IsPow2(++_timestampsAhead)) return;
        _logger.LogWarning(
            "Task {Task}: timestamp {Timestamp} of offset {Offset} is too far ahead, the wall clock stands in for it ({Count} so far)",
            task, timestamp, offset, _timestampsAhead);
    }

    /// <summary>Retention deleted records before they were read.</summary>
    public void InputDeleted(TaskId task, long position, long start)
    {
        _metrics.InputMissed.Add(start - position, _thread);
        _logger.LogError(
            "Task {Task}: its input was deleted up to offset {Start}, but read only to {Position}: {Count} offsets are lost",
            task, start, position, start - position);
    }

    /// <summary>The input ends before the position that was read to: somebody recreated it, or it lost its end.</summary>
    public void InputShorter(TaskId task, long position, long start, long end)
    {
        _metrics.InputMissed.Add(end - start, _thread);
        _logger.LogError(
            "Task {Task}: its input was read to offset {Position}, but ends at {End}: it was recreated or lost its end. Going on at its end, "
            + "without the {Count} offsets before it",
            task, position, end, end - start);
    }

    public void RestoreDelayed(Exception cause) => _logger.LogInformation("Restore begins again shortly: {Cause}", cause.Message);

    public void PollFailed(Exception cause) => _logger.LogWarning("Poll: {Cause}", cause.Message);

    public void SnapshotWritten(TaskId task)
    {
        _metrics.Snapshot.Add(1, _thread);
        _logger.LogDebug("Task {Task}: snapshot written", task);
    }

    public void SnapshotFailed(TaskId task, Exception cause) =>
        _logger.LogWarning("Task {Task}: no snapshot: {Cause}", task, cause.Message);

    public void SnapshotRefused(TaskId task, string why)
    {
        _metrics.SnapshotRefused.Add(1, _thread);
        _logger.LogWarning("Task {Task}: snapshot not used: {Why}", task, why);
    }

    public void Memory(long bytes, bool paused, bool changed)
    {
        _metrics.MemoryBytes.Record(bytes, _thread);
        _metrics.MemoryPaused.Record(paused ? 1 : 0, _thread);
        if (!changed) return;
        if (paused) _logger.LogWarning("State takes {Bytes} bytes, the memory budget: partitions are paused", bytes);
        else _logger.LogInformation("State takes {Bytes} bytes: partitions go on", bytes);
    }

    public void ThreadFailed(Exception cause)
    {
        _metrics.FailedThreads.Add(1, _thread);
        _logger.LogError(cause, "Thread stopped");
    }
}
