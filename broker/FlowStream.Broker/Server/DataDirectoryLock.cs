namespace FlowStream.Broker.Server;

/// <summary>Holds a data directory for one process: a locked file, which the system lets go of however the process ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private const string FileName = "broker.lock";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the directory if need be, and takes it.</summary>
    /// <param name="directory">The data directory.</param>
    /// <exception cref="IOException">Another broker has it, or it cannot be written to; the message names it.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        try
        {
            return new DataDirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new IOException($"data directory {directory} is in use by another broker ({path} is locked)", error);
        }
    }

    /// <summary>Lets go of the directory.</summary>
    public void Dispose() => _file.Dispose();
}
