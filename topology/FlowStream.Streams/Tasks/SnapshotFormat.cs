using System.Buffers.Binary;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// The bytes of a snapshot: magic "FSSN", format version (1 byte), input offset, stream time, changelog id, changelog offset, the
/// processor's state, then a trailer of the state's length (8 bytes) and the CRC-32C (4 bytes) of everything before it. All big-endian. The
/// trailer stands last so that the file is written in one pass, and a torn file has none.
/// </summary>
internal static class SnapshotFormat
{
    /// <summary>Version written; a snapshot of any other is refused and the changelog replayed.</summary>
    public const byte Version = 1;

    private const int HeaderLength = 4 + 1 + 8 + 8 + 16 + 8;
    private const int TrailerLength = 8 + 4;

    private static ReadOnlySpan<byte> Magic => "FSSN"u8;

    /// <summary>Writes a whole snapshot.</summary>
    public static void Write(Stream destination, SnapshotHeader header, IProcessor processor)
    {
        using var writer = new ChecksummedWriter(destination);
        var span = writer.GetSpan(HeaderLength);
        Magic.CopyTo(span);
        span[4] = Version;
        BinaryPrimitives.WriteInt64BigEndian(span[5..], header.Position.InputOffset);
        BinaryPrimitives.WriteInt64BigEndian(span[13..], header.Position.StreamTime);
        header.Position.ChangelogId.TryWriteBytes(span[21..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(span[37..], header.ChangelogOffset);
        writer.Advance(HeaderLength);
        processor.WriteSnapshot(writer);
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(8), writer.Length - HeaderLength);
        writer.Advance(8);
        BinaryPrimitives.WriteUInt32BigEndian(writer.GetSpan(4), writer.Checksum());
        writer.Advance(4);
        writer.Flush();
    }

    /// <summary>Reads a snapshot, or says why it cannot be used.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> file, out SnapshotHeader header, out ReadOnlyMemory<byte> state, out string? refusal)
    {
        header = default;
        state = default;
        refusal = Refusal(file.Span);
        if (refusal is not null) return false;
        var span = file.Span;
        header = new SnapshotHeader(
            new TaskPosition(
                BinaryPrimitives.ReadInt64BigEndian(span[5..]),
                BinaryPrimitives.ReadInt64BigEndian(span[13..]),
                new Guid(span.Slice(21, 16), bigEndian: true)),
            BinaryPrimitives.ReadInt64BigEndian(span[37..]));
        state = file[HeaderLength..^TrailerLength];
        return true;
    }

    private static string? Refusal(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength + TrailerLength) return "it is shorter than an empty snapshot";
        if (!file.StartsWith(Magic)) return "it does not begin with the snapshot magic";
        if (file[4] != Version) return $"its format version is {file[4]}, not {Version}";
        var length = BinaryPrimitives.ReadInt64BigEndian(file[^TrailerLength..]);
        if (length != file.Length - HeaderLength - TrailerLength) return "its length is not the one in its trailer";
        var crc = BinaryPrimitives.ReadUInt32BigEndian(file[^4..]);
        return crc == Crc32C.Finish(Crc32C.Append(Crc32C.Start, file[..^4])) ? null : "its checksum is wrong";
    }
}
