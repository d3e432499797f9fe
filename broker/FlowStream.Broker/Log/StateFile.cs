using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>
/// A small file that is written whole and read whole: 4 bytes that name its kind and version, the content, CRC32C of both. Written beside
/// and renamed, so a reader sees the old or the new one; damage reads as absence, since everything in these files can be built again.
/// </summary>
internal static class StateFile
{
    private const int Overhead = 8;

    /// <summary>Writes the file.</summary>
    public static void Write(ILogFiles files, string path, uint kind, ReadOnlySpan<byte> content, bool flush)
    {
        byte[] bytes = new byte[content.Length + Overhead];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, kind);
        content.CopyTo(bytes.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(content.Length + 4), Crc32C.Compute(bytes.AsSpan(0, content.Length + 4)));
        string temporary = path + LogFileNames.TemporarySuffix;
        using (var handle = files.Open(temporary))
        {
            files.SetLength(handle, 0);
            files.Write(handle, bytes, 0);
            if (flush)
                files.Flush(handle);
        }
        files.Replace(temporary, path);
    }

    /// <summary>Reads the content; null when the file is missing, of another kind or damaged.</summary>
    public static byte[]? Read(string path, uint kind)
    {
        if (!File.Exists(path))
            return null;
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.Length < Overhead || BinaryPrimitives.ReadUInt32BigEndian(bytes) != kind)
            return null;
        uint crc = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(bytes.Length - 4));
        return crc == Crc32C.Compute(bytes.AsSpan(0, bytes.Length - 4)) ? bytes[4..^4] : null;
    }
}
