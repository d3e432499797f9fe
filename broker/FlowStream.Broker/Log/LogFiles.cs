using Microsoft.Win32.SafeHandles;

namespace FlowStream.Broker.Log;

/// <summary>The file system itself.</summary>
internal sealed class LogFiles : ILogFiles
{
    /// <inheritdoc/>
    public SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(handle, bytes, position);

    /// <inheritdoc/>
    public void SetLength(SafeFileHandle handle, long length) => RandomAccess.SetLength(handle, length);

    /// <inheritdoc/>
    public void Flush(SafeFileHandle handle) => RandomAccess.FlushToDisk(handle);

    /// <inheritdoc/>
    public void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);
}
