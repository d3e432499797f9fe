using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>Says that a log was closed in order at an offset: its last segment needs no scan. Removed as soon as the log is open.</summary>
internal static class CleanShutdownMark
{
    // "FSX" and version 1.
    private const uint Kind = 0x46535801;

    /// <summary>Writes the mark.</summary>
    public static void Write(ILogFiles files, string directory, long endOffset)
    {
        Span<byte> content = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(content, endOffset);
        StateFile.Write(files, Path.Combine(directory, LogFileNames.CleanShutdown), Kind, content, flush: true);
    }

    /// <summary>Reads the end offset and removes the mark; null when there was none.</summary>
    public static long? Take(ILogFiles files, string directory)
    {
        string path = Path.Combine(directory, LogFileNames.CleanShutdown);
        byte[]? content = StateFile.Read(path, Kind);
        files.Delete(path);
        return content is not { Length: 8 } ? null : BinaryPrimitives.ReadInt64BigEndian(content);
    }
}
