using FlowStream.Streams.Clients;
using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>
/// Pauses a thread's partitions while its state takes more than the budget. Nothing is dropped: the records wait in Kafka.
/// </summary>
internal sealed class MemoryGuard
{
    // Going on at 90% keeps a thread at the budget from pausing and resuming at every commit.
    private const double ResumeShare = 0.9;

    private readonly long _budget;
    private readonly StreamsEvents _events;

    public MemoryGuard(long budget, StreamsEvents events)
    {
        _budget = budget;
        _events = events;
    }

    /// <summary>Whether the partitions are paused.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Adds up the tasks' memory and pauses or resumes them.</summary>
    public void Check(IReadOnlyList<StreamTask> tasks, IInputConsumer consumer)
    {
        var bytes = 0L;
        foreach (var task in tasks) bytes += task.Processor.MemoryBytes;
        var paused = bytes > (IsPaused ? _budget * ResumeShare : _budget);
        _events.Memory(bytes, paused, paused != IsPaused);
        if (paused == IsPaused) return;
        IsPaused = paused;
        foreach (var task in tasks)
        {
            if (task.State != TaskState.Running) continue;
            if (paused) consumer.Pause(task.Id.Partition);
            else consumer.Resume(task.Id.Partition);
        }
    }
}
