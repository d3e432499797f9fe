using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>What a log must remember that its segments do not say.</summary>
/// <param name="LogStartOffset">First offset that may be read: retention and DeleteRecords move it.</param>
/// <param name="CompactedTo">Offset up to which the log is compacted.</param>
internal readonly record struct LogCheckpoint(long LogStartOffset, long CompactedTo)
{
    // "FSC" and version 1.
    private const uint Kind = 0x46534301;

    /// <summary>Writes the file.</summary>
    public void Write(ILogFiles files, string directory, bool flush)
    {
        Span<byte> content = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(content, LogStartOffset);
        BinaryPrimitives.WriteInt64BigEndian(content[8..], CompactedTo);
        StateFile.Write(files, Path.Combine(directory, LogFileNames.Checkpoint), Kind, content, flush);
    }

    /// <summary>Reads the file; null when it is missing or damaged.</summary>
    public static LogCheckpoint? Read(string directory)
    {
        byte[]? content = StateFile.Read(Path.Combine(directory, LogFileNames.Checkpoint), Kind);
        return content is not { Length: 16 } ? null : new LogCheckpoint(
            BinaryPrimitives.ReadInt64BigEndian(content), BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(8)));
    }
}
