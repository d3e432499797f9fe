using System.Buffers;
using System.Buffers.Binary;

namespace FlowStream.Bandwidth;

/// <summary>
/// The snapshot: a version byte, time and number of rows as eight little-endian bytes each, then for each row, in the order of length of
/// window, window and key, the length of the changelog key and of the value as two bytes each, and both. Integrity is the file's matter;
/// bounds are checked.
/// </summary>
internal static class SnapshotCodec
{
    private const byte Version = 1;
    private const int HeadBytes = 1 + sizeof(long) + sizeof(long);
    private const int RowHeadBytes = 2 * sizeof(ushort);

    public static void Write(IBufferWriter<byte> snapshot, IReadOnlyList<KeptWindows> lengths, long time)
    {
        Span<byte> head = snapshot.GetSpan(HeadBytes);
        head[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(head[1..], time);
        BinaryPrimitives.WriteInt64LittleEndian(head[9..], lengths.Sum(length => (long)length.Rows.Count));
        snapshot.Advance(HeadBytes);
        foreach (KeptWindows length in lengths) WriteRows(snapshot, length);
    }

    public static long Read(ReadOnlySpan<byte> snapshot, RestoreRowAction restore)
    {
        if (snapshot.Length < HeadBytes || snapshot[0] != Version) throw Damaged("head");
        long time = BinaryPrimitives.ReadInt64LittleEndian(snapshot[1..]);
        long left = BinaryPrimitives.ReadInt64LittleEndian(snapshot[9..]);
        snapshot = snapshot[HeadBytes..];
        for (; left > 0; left--)
        {
            if (snapshot.Length < RowHeadBytes) throw Damaged("length of a row");
            int keyLength = BinaryPrimitives.ReadUInt16LittleEndian(snapshot);
            int valueLength = BinaryPrimitives.ReadUInt16LittleEndian(snapshot[2..]);
            snapshot = snapshot[RowHeadBytes..];
            if (snapshot.Length < keyLength + valueLength || valueLength == 0) throw Damaged("row");
            restore(snapshot[..keyLength], snapshot.Slice(keyLength, valueLength));
            snapshot = snapshot[(keyLength + valueLength)..];
        }
        if (left < 0 || !snapshot.IsEmpty) throw Damaged("number of rows");
        return time;
    }

    private static void WriteRows(IBufferWriter<byte> snapshot, KeptWindows length)
    {
        RowTable rows = length.Rows;
        var sorted = new List<int>();
        foreach (KeptWindow window in rows.Windows)
        {
            sorted.Clear();
            for (int row = window.FirstRow; row >= 0; row = rows[row].Next) sorted.Add(row);
            sorted.Sort((left, right) => Key(rows, left).AsSpan().SequenceCompareTo(Key(rows, right)));
            foreach (int row in sorted) WriteRow(snapshot, length, row);
        }
    }

    private static byte[] Key(RowTable rows, int row) => rows.Series.Key(rows[row].Series);

    private static void WriteRow(IBufferWriter<byte> snapshot, KeptWindows length, int number)
    {
        RowTable rows = length.Rows;
        ref WindowRow row = ref rows[number];
        Span<byte> span = snapshot.GetSpan(RowHeadBytes + RowCodec.MaxKeyBytes + RowCodec.MaxValueBytes);
        int keyLength = RowCodec.WriteKey(span[RowHeadBytes..], Key(rows, number), length.Minutes, row.Window);
        ReadOnlySpan<long> reasons = rows.ReasonsOf(number) is { } some ? some.Sums : default;
        int valueLength = RowCodec.WriteValue(span[(RowHeadBytes + keyLength)..], row, reasons);
        BinaryPrimitives.WriteUInt16LittleEndian(span, (ushort)keyLength);
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], (ushort)valueLength);
        snapshot.Advance(RowHeadBytes + keyLength + valueLength);
    }

    private static InvalidDataException Damaged(string what) => new($"The bandwidth snapshot is damaged: {what}.");
}
