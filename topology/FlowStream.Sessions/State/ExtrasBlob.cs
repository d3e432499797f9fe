using System.Buffers.Binary;

namespace FlowStream.Sessions.State;

/// <summary>
/// The extra keys of one message as bytes: how many, then for each the lengths of key (1 byte) and value (2 bytes), the key, the value, as
/// the message has them. Beside it, found when it is first seen, the offsets of the pairs in the order of their keys: two bytes each.
/// </summary>
internal static class ExtrasBlob
{
    /// <summary>Bytes before each pair.</summary>
    public const int PairHeaderBytes = 3;

    /// <summary>Bytes for each pair in the order that is kept beside.</summary>
    public const int OrderBytes = 2;

    /// <summary>The pair at <paramref name="offset"/>.</summary>
    public static void Pair(ReadOnlySpan<byte> blob, int offset, out Range key, out Range value)
    {
        int keyLength = blob[offset];
        int valueLength = BinaryPrimitives.ReadUInt16LittleEndian(blob[(offset + 1)..]);
        int start = offset + PairHeaderBytes;
        key = new Range(start, start + keyLength);
        value = new Range(start + keyLength, start + keyLength + valueLength);
    }

    /// <summary>The key of the pair at <paramref name="offset"/>.</summary>
    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> blob, int offset) => blob.Slice(offset + PairHeaderBytes, blob[offset]);

    /// <summary>
    /// Fills <paramref name="order"/> with the offsets of the pairs by key; pairs of one key stay in the order of the message.
    /// </summary>
    public static void Sort(ReadOnlySpan<byte> blob, Span<byte> order)
    {
        int position = 1;
        for (int i = 0; i < blob[0]; i++)
        {
            int at = i;
            ReadOnlySpan<byte> key = Key(blob, position);
            while (at > 0 && Key(blob, OffsetAt(order, at - 1)).SequenceCompareTo(key) > 0)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(order[(at * OrderBytes)..], (ushort)OffsetAt(order, at - 1));
                at--;
            }
            BinaryPrimitives.WriteUInt16LittleEndian(order[(at * OrderBytes)..], (ushort)position);
            position += PairHeaderBytes + blob[position] + BinaryPrimitives.ReadUInt16LittleEndian(blob[(position + 1)..]);
        }
    }

    /// <summary>The offset of the pair that is number <paramref name="index"/> by key.</summary>
    public static int OffsetAt(ReadOnlySpan<byte> order, int index) =>
        BinaryPrimitives.ReadUInt16LittleEndian(order[(index * OrderBytes)..]);

    /// <summary>Interns extras together with their order.</summary>
    public static int Intern(BlobStore extras, ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return 0;
        int id = extras.Intern(blob, blob[0] * OrderBytes, out bool added);
        if (added) Sort(blob, extras.Suffix(id));
        return id;
    }

    /// <summary>True when the bytes, which come from a saved row, are whole extras.</summary>
    public static bool IsValid(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty) return true;
        if (blob[0] == 0 || blob.Length > ushort.MaxValue) return false;
        int position = 1;
        for (int i = 0; i < blob[0]; i++)
        {
            if (blob.Length - position < PairHeaderBytes) return false;
            position += PairHeaderBytes + blob[position] + BinaryPrimitives.ReadUInt16LittleEndian(blob[(position + 1)..]);
            if (position > blob.Length) return false;
        }
        return position == blob.Length;
    }
}
