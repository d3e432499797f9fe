using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Driver;

/// <summary>A simulated disk for snapshots, in the real format; it survives a simulated crash.</summary>
internal sealed class MemorySnapshotStore : ISnapshotStore
{
    private readonly Dictionary<TaskId, byte[]> _files = [];
    private readonly FaultInjector _faults;

    public MemorySnapshotStore(FaultInjector faults) => _faults = faults;

    /// <summary>The files, to be damaged.</summary>
    public Dictionary<TaskId, byte[]> Files => _files;

    public void Write(TaskId task, SnapshotHeader header, IProcessor processor)
    {
        using var file = new MemoryStream();
        SnapshotFormat.Write(file, header, processor);
        if (_faults.IsActive) _faults.At(FaultPoint.BeforeSnapshot);
        _files[task] = file.ToArray();
        if (_faults.IsActive) _faults.At(FaultPoint.AfterSnapshot);
    }

    public bool TryRead(TaskId task, out SnapshotHeader header, out ReadOnlyMemory<byte> state, out string? refusal)
    {
        header = default;
        state = default;
        refusal = null;
        return _files.TryGetValue(task, out var file) && SnapshotFormat.TryRead(file, out header, out state, out refusal);
    }

    public void Delete(TaskId task) => _files.Remove(task);
}
