using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>The tasks of a thread, found by partition in one array access.</summary>
internal sealed class TaskSet
{
    private readonly List<StreamTask> _all = [];
    private StreamTask?[] _byPartition = [];

    /// <summary>All tasks, in the order they were given.</summary>
    public List<StreamTask> All => _all;

    /// <summary>The task of a partition, or null.</summary>
    public StreamTask? Find(int partition) => (uint)partition < (uint)_byPartition.Length ? _byPartition[partition] : null;

    /// <summary>Adds a task; the one that had its partition is dropped.</summary>
    public void Add(StreamTask task)
    {
        var partition = task.Id.Partition;
        Remove(partition);
        if (partition >= _byPartition.Length) Array.Resize(ref _byPartition, partition + 1);
        _byPartition[partition] = task;
        _all.Add(task);
    }

    /// <summary>Takes out the task of a partition and returns it, or null when there is none.</summary>
    public StreamTask? Remove(int partition)
    {
        if (Find(partition) is not { } task) return null;
        _byPartition[partition] = null;
        _all.Remove(task);
        return task;
    }

    /// <summary>The first task in another state than <paramref name="state"/>, or null.</summary>
    public StreamTask? FirstNot(TaskState state)
    {
        foreach (var task in _all)
        {
            if (task.State != state) return task;
        }

        return null;
    }
}
