using FlowStream.Broker.Log;
using Microsoft.Win32.SafeHandles;

namespace FlowStream.Broker.Tests.Log;

/// <summary>
/// The file system with a fault at the n-th change. A refused change throws; a refused write leaves half its bytes. When it dies, every
/// later change is refused too, as after a kill: what is on disk then is what a process finds that starts again.
/// </summary>
internal sealed class FaultyLogFiles(int failAt, bool dies) : ILogFiles
{
    private readonly LogFiles _files = new();
    private int _failAt = failAt;
    private int _changes;

    public bool Refusing { get; set; }

    public bool HasFailed { get; private set; }

    /// <summary>Counts anew from here.</summary>
    public void Arm(int failAt) => (_failAt, _changes) = (failAt, 0);

    public SafeFileHandle Open(string path)
    {
        Count(() => { });
        return _files.Open(path);
    }

    public void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long position)
    {
        byte[] half = bytes[..(bytes.Length / 2)].ToArray();
        Count(() => _files.Write(handle, half, position));
        _files.Write(handle, bytes, position);
    }

    public void SetLength(SafeFileHandle handle, long length)
    {
        Count(() => { });
        _files.SetLength(handle, length);
    }

    // Flushes come from the background too: counted, they would make runs differ.
    public void Flush(SafeFileHandle handle) => _files.Flush(handle);

    public void Replace(string from, string to)
    {
        Count(() => { });
        _files.Replace(from, to);
    }

    public void Delete(string path)
    {
        Count(() => { });
        _files.Delete(path);
    }

    private void Count(Action whatIsLeft)
    {
        bool fails = Refusing || ++_changes == _failAt || (dies && HasFailed);
        if (!fails)
            return;
        if (!HasFailed || Refusing)
            whatIsLeft();
        HasFailed = true;
        throw new IOException("No space left on device");
    }
}
