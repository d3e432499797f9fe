using FlowStream.Streams.Tasks;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams;

/// <summary>The log lines of the runtime; ids 2000 to 2099.</summary>
internal static partial class StreamsLog
{
    [LoggerMessage(2000, LogLevel.Information, "Application {Application} is {State}")]
    public static partial void StateChanged(ILogger logger, string application, StreamsState state);

    [LoggerMessage(2001, LogLevel.Warning, "Stage {Stage}: {Cause}")]
    public static partial void StageWaits(ILogger logger, string stage, string cause);

    [LoggerMessage(2002, LogLevel.Information, "Task {Task} assigned")]
    public static partial void TaskAssigned(ILogger logger, TaskId task);

    [LoggerMessage(2003, LogLevel.Information, "Task {Task} closed: {Why}")]
    public static partial void TaskClosed(ILogger logger, TaskId task, string why);

    [LoggerMessage(2004, LogLevel.Information, "Task {Task} restored: snapshot {Snapshot}, {Rows} changelog rows")]
    public static partial void TaskRestored(ILogger logger, TaskId task, bool snapshot, long rows);

    [LoggerMessage(2005, LogLevel.Warning,
        "Task {Task}: the group stands at {Committed}, the state at {Restored}; going on where the state stands")]
    public static partial void OffsetDiffers(ILogger logger, TaskId task, long committed, long restored);

    [LoggerMessage(2006, LogLevel.Warning,
        "Task {Task}: the group stands at {Committed}, but the changelog is empty; going on without state")]
    public static partial void StateMissing(ILogger logger, TaskId task, long committed);

    [LoggerMessage(2007, LogLevel.Warning, "Transaction given up, state will be restored: {Cause}")]
    public static partial void TransactionLost(ILogger logger, string cause);

    [LoggerMessage(2008, LogLevel.Information, "Restore begins again shortly: {Cause}")]
    public static partial void RestoreDelayed(ILogger logger, string cause);

    [LoggerMessage(2009, LogLevel.Warning, "Poll: {Cause}")]
    public static partial void PollFailed(ILogger logger, string cause);

    [LoggerMessage(2010, LogLevel.Debug, "Task {Task}: snapshot written")]
    public static partial void SnapshotWritten(ILogger logger, TaskId task);

    [LoggerMessage(2011, LogLevel.Warning, "Task {Task}: no snapshot: {Cause}")]
    public static partial void SnapshotFailed(ILogger logger, TaskId task, string cause);

    [LoggerMessage(2012, LogLevel.Warning, "Task {Task}: snapshot not used: {Why}")]
    public static partial void SnapshotRefused(ILogger logger, TaskId task, string why);

    [LoggerMessage(2013, LogLevel.Warning, "State takes {Bytes} bytes, the memory budget: partitions are paused")]
    public static partial void MemoryPaused(ILogger logger, long bytes);

    [LoggerMessage(2014, LogLevel.Information, "State takes {Bytes} bytes: partitions go on")]
    public static partial void MemoryResumed(ILogger logger, long bytes);

    [LoggerMessage(2015, LogLevel.Error, "Thread stopped")]
    public static partial void ThreadStopped(ILogger logger, Exception cause);

    [LoggerMessage(2016, LogLevel.Warning,
        "Task {Task}: timestamp {Timestamp} of offset {Offset} is too far ahead, the wall clock stands in for it ({Count} so far)")]
    public static partial void TimestampAhead(ILogger logger, TaskId task, long timestamp, long offset, long count);

    [LoggerMessage(2017, LogLevel.Error,
        "Task {Task}: its input was deleted up to offset {Start}, but read only to {Position}: {Count} offsets are lost")]
    public static partial void InputDeleted(ILogger logger, TaskId task, long start, long position, long count);

    [LoggerMessage(2018, LogLevel.Error,
        "Task {Task}: its input was read to offset {Position}, but ends at {End}: it was recreated or lost its end. "
        + "Going on at its end, without the {Count} offsets before it")]
    public static partial void InputShorter(ILogger logger, TaskId task, long position, long end, long count);
}
