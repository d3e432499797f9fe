using System.Globalization;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// Snapshots as files, one per task: written beside the old one under a temporary name, synchronised to disk, then renamed over it, so that
/// there is always a whole one or none.
/// </summary>
internal sealed class FileSnapshotStore : ISnapshotStore
{
    private readonly string _directory;

    /// <summary>Keeps snapshots in <paramref name="directory"/>, which is created.</summary>
    public FileSnapshotStore(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
    }

    /// <inheritdoc/>
    public void Write(TaskId task, SnapshotHeader header, IProcessor processor)
    {
        var path = PathOf(task);
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            SnapshotFormat.Write(file, header, processor);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    public bool TryRead(TaskId task, out SnapshotHeader header, out ReadOnlyMemory<byte> state, out string? refusal)
    {
        header = default;
        state = default;
        refusal = null;
        var path = PathOf(task);
        if (!File.Exists(path)) return false;
        try
        {
            return SnapshotFormat.TryRead(File.ReadAllBytes(path), out header, out state, out refusal);
        }
        catch (IOException e)
        {
            refusal = $"it cannot be read: {e.Message}";
            return false;
        }
    }

    /// <inheritdoc/>
    public void Delete(TaskId task) => File.Delete(PathOf(task));

    private string PathOf(TaskId task) =>
        Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{task}.snapshot"));
}
