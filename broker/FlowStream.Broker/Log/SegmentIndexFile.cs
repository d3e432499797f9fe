using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FlowStream.Broker.Log;

/// <summary>
/// What is known of a closed segment, in a file beside it, so that opening a log need not read it: size, offsets, times, sparse index and
/// the aborted transactions whose markers it holds. Worth nothing unless the segment still has that size. Little-endian, since it is read
/// by the machine that wrote it or built again.
/// </summary>
internal static class SegmentIndexFile
{
    // "FSI" and version 1.
    private const uint Kind = 0x46534901;
    private const int HeaderBytes = 4 + 8 + 8 + 8 + 8 + 4 + 4;

    /// <summary>Writes the file for a segment.</summary>
    public static void Write(
        ILogFiles files, string directory, LogSegment segment, ReadOnlySpan<AbortedTransaction> abortedInSegment, bool flush)
    {
        var entries = MemoryMarshal.AsBytes(segment.Index.Entries);
        var aborted = MemoryMarshal.AsBytes(abortedInSegment);
        byte[] content = new byte[HeaderBytes + entries.Length + aborted.Length];
        BinaryPrimitives.WriteInt32LittleEndian(content, segment.Size);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(4), segment.NextOffset);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(12), segment.MaxTimestamp);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(20), segment.FirstAppendTime);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(28), segment.LastAppendTime);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(36), segment.Index.Entries.Length);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(40), abortedInSegment.Length);
        entries.CopyTo(content.AsSpan(HeaderBytes));
        aborted.CopyTo(content.AsSpan(HeaderBytes + entries.Length));
        StateFile.Write(files, LogFileNames.Of(directory, segment.BaseOffset, LogFileNames.IndexSuffix), Kind, content, flush);
    }

    /// <summary>
    /// Opens a segment by its index file and hands out its aborted transactions. Null when there is no such file, when it is damaged, or
    /// when it was written for a segment of another size.
    /// </summary>
    public static LogSegment? TryOpen(ILogFiles files, string directory, long baseOffset, string path, out AbortedTransaction[] aborted)
    {
        aborted = [];
        byte[]? content = StateFile.Read(LogFileNames.Of(directory, baseOffset, LogFileNames.IndexSuffix), Kind);
        if (content is null || content.Length < HeaderBytes)
            return null;
        int size = BinaryPrimitives.ReadInt32LittleEndian(content);
        if (size != new FileInfo(path).Length)
            return null;
        int entryBytes = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(36)) * Marshal.SizeOf<IndexEntry>();
        var entries = MemoryMarshal.Cast<byte, IndexEntry>(content.AsSpan(HeaderBytes, entryBytes));
        aborted = MemoryMarshal.Cast<byte, AbortedTransaction>(content.AsSpan(HeaderBytes + entryBytes)).ToArray();
        var segment = new LogSegment(baseOffset, path, files.Open(path), new SparseIndex(entries))
        {
            FirstAppendTime = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(20)),
            LastAppendTime = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(28)),
        };
        segment.Restore(
            size, BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(4)), BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(12)));
        return segment;
    }
}
