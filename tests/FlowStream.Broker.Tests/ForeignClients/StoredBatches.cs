using System.Buffers.Binary;

namespace FlowStream.Broker.Tests.ForeignClients;

/// <summary>Looks at record batches where the broker put them, without any of the broker's code.</summary>
internal static class StoredBatches
{
    private const int LengthAt = 8;
    private const int LengthEnd = 12;
    private const int CodecAt = 22;
    private const int CodecMask = 7;

    /// <summary>The compression codec of every batch of a topic.</summary>
    public static IReadOnlyList<int> Codecs(string dataDirectory, string topic) =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(dataDirectory, "logs"), topic + "-*")
            .SelectMany(partition => Directory.EnumerateFiles(partition, "*.log"))
            .SelectMany(file => OfFile(ReadShared(file))),
    ];

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static IEnumerable<int> OfFile(byte[] file)
    {
        for (var at = 0; at < file.Length; at += LengthEnd + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + LengthAt)))
            yield return file[at + CodecAt] & CodecMask;
    }
}
