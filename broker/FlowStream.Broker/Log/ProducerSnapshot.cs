using System.Buffers.Binary;

namespace FlowStream.Broker.Log;

/// <summary>The producers of a partition as of an offset, in a file, so that opening a log scans only what came after.</summary>
internal static class ProducerSnapshot
{
    // "FSP" and version 1.
    private const uint Kind = 0x46535001;
    private const int EntryBytes = 8 + 2 + 4 + 8 + 8 + 8 + 1;
    private const int BatchBytes = 4 + 4 + 8 + 4 + 8;

    /// <summary>Writes the table.</summary>
    public static void Write(ILogFiles files, string path, ProducerStateTable table, bool flush)
    {
        byte[] content = new byte[8 + table.Entries.Sum(static entry => EntryBytes + entry.BatchCount * BatchBytes)];
        BinaryPrimitives.WriteInt64BigEndian(content, table.Count);
        var at = content.AsSpan(8);
        foreach (var entry in table.Entries)
            at = WriteEntry(at, entry);
        StateFile.Write(files, path, Kind, content, flush);
    }

    /// <summary>Reads a table; null when the file is missing or damaged.</summary>
    public static ProducerStateTable? Read(string path)
    {
        ReadOnlySpan<byte> at = StateFile.Read(path, Kind);
        if (at.Length < 8)
            return null;
        var table = new ProducerStateTable();
        long count = BinaryPrimitives.ReadInt64BigEndian(at);
        at = at[8..];
        for (; count > 0; count--)
            table.Restore(ReadEntry(ref at));
        return table;
    }

    private static Span<byte> WriteEntry(Span<byte> at, ProducerEntry entry)
    {
        BinaryPrimitives.WriteInt64BigEndian(at, entry.ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(at[8..], entry.Epoch);
        BinaryPrimitives.WriteInt32BigEndian(at[10..], entry.CoordinatorEpoch);
        BinaryPrimitives.WriteInt64BigEndian(at[14..], entry.LastTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(at[22..], entry.TransactionFirstOffset);
        BinaryPrimitives.WriteInt64BigEndian(at[30..], entry.LastMarkerOffset);
        at[38] = (byte)entry.BatchCount;
        at = at[EntryBytes..];
        for (int i = 0; i < entry.BatchCount; i++)
        {
            var batch = entry[i];
            BinaryPrimitives.WriteInt32BigEndian(at, batch.FirstSequence);
            BinaryPrimitives.WriteInt32BigEndian(at[4..], batch.LastSequence);
            BinaryPrimitives.WriteInt64BigEndian(at[8..], batch.LastOffset);
            BinaryPrimitives.WriteInt32BigEndian(at[16..], batch.OffsetDelta);
            BinaryPrimitives.WriteInt64BigEndian(at[20..], batch.Timestamp);
            at = at[BatchBytes..];
        }
        return at;
    }

    private static ProducerEntry ReadEntry(ref ReadOnlySpan<byte> at)
    {
        var entry = new ProducerEntry(BinaryPrimitives.ReadInt64BigEndian(at))
        {
            Epoch = BinaryPrimitives.ReadInt16BigEndian(at[8..]),
            CoordinatorEpoch = BinaryPrimitives.ReadInt32BigEndian(at[10..]),
            LastTimestamp = BinaryPrimitives.ReadInt64BigEndian(at[14..]),
            TransactionFirstOffset = BinaryPrimitives.ReadInt64BigEndian(at[22..]),
            LastMarkerOffset = BinaryPrimitives.ReadInt64BigEndian(at[30..]),
        };
        int batches = at[38];
        at = at[EntryBytes..];
        for (; batches > 0; batches--)
        {
            entry.Retain(new ProducerBatch(
                BinaryPrimitives.ReadInt32BigEndian(at),
                BinaryPrimitives.ReadInt32BigEndian(at[4..]),
                BinaryPrimitives.ReadInt64BigEndian(at[8..]),
                BinaryPrimitives.ReadInt32BigEndian(at[16..]),
                BinaryPrimitives.ReadInt64BigEndian(at[20..])));
            at = at[BatchBytes..];
        }
        return entry;
    }
}
