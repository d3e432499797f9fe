namespace FlowStream.Streams.Threads;

/// <summary>
/// The directory of an instance: locked to one process, with an id that stays over restarts, so that a restarted instance fences its own
/// past at once and aborts what it left open.
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly FileStream _lock;

    private StateDirectory(FileStream @lock, string instanceId)
    {
        _lock = @lock;
        InstanceId = instanceId;
    }

    /// <summary>The id of this instance.</summary>
    public string InstanceId { get; }

    /// <summary>Locks <paramref name="path"/>, created when missing, and reads or draws its instance id.</summary>
    /// <exception cref="StreamsConfigurationException">Another process uses it, or it cannot be written.</exception>
    public static StateDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var @lock = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new StateDirectory(@lock, ReadOrDrawId(Path.Combine(path, "instance-id")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StreamsConfigurationException($"State directory {path} is in use or cannot be written: {e.Message}", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string ReadOrDrawId(string path)
    {
        if (File.Exists(path) && Guid.TryParseExact(File.ReadAllText(path).Trim(), "N", out var id)) return id.ToString("N");
        var drawn = Guid.NewGuid().ToString("N");
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, drawn);
        File.Move(temporary, path, overwrite: true);
        return drawn;
    }
}
