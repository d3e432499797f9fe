using Microsoft.Win32.SafeHandles;

namespace FlowStream.Broker.Log;

/// <summary>
/// The changes a log makes to its directory, one method each, so that a test can fail or stop the log at every single one. Reading goes
/// past it. All methods throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the system refuses.
/// </summary>
internal interface ILogFiles
{
    /// <summary>Opens a file for reading and writing, and creates it when it is not there.</summary>
    SafeFileHandle Open(string path);

    /// <summary>Writes all bytes at a position; on failure some of them may have been written.</summary>
    void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long position);

    /// <summary>Cuts or extends a file.</summary>
    void SetLength(SafeFileHandle handle, long length);

    /// <summary>Forces a file to disk.</summary>
    void Flush(SafeFileHandle handle);

    /// <summary>Renames a file over whatever bears the new name, atomically.</summary>
    void Replace(string from, string to);

    /// <summary>Removes a file if it is there; open handles keep reading it.</summary>
    void Delete(string path);
}
