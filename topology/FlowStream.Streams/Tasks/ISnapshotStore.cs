namespace FlowStream.Streams.Tasks;

/// <summary>Keeps the newest snapshot of each task. A snapshot only saves time: losing one never loses state.</summary>
internal interface ISnapshotStore
{
    /// <summary>Replaces the task's snapshot; when it fails or the process dies half-way the old one stays or none.</summary>
    void Write(TaskId task, SnapshotHeader header, IProcessor processor);

    /// <summary>
    /// Reads the task's snapshot. What is torn, damaged or of another version counts as absent, with <paramref name="refusal"/> saying why;
    /// null there means that none was written.
    /// </summary>
    bool TryRead(TaskId task, out SnapshotHeader header, out ReadOnlyMemory<byte> state, out string? refusal);

    /// <summary>Forgets the task's snapshot.</summary>
    void Delete(TaskId task);
}
