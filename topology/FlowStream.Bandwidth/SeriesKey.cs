using System.Text;
using System.Text.Unicode;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The binary key of one aggregation and one combination of dimension values, without the window, so that a partial of any window goes to
/// the same partition. It says by itself what it holds: length and bytes of the aggregation's name, then for each dimension that has a
/// value its number, the length and the bytes of the value.
/// </summary>
internal static class SeriesKey
{
    /// <summary>
    /// Longest value of a dimension in bytes; a longer one is cut. Names in the devices' catalogues have at most 63 characters, and what
    /// a hostile message claims must not make keys of its own size.
    /// </summary>
    public const int MaxValueBytes = 240;

    /// <summary>Longest name of an aggregation in bytes.</summary>
    public const int MaxNameBytes = 64;

    /// <summary>Number that stands for the task's partition among the dimensions of a folded key.</summary>
    public const byte PartitionEntry = 0xFF;

    private static readonly byte[] PartitionName = "partition"u8.ToArray();
    private static readonly byte[] OtherValue = "other"u8.ToArray();

    /// <summary>Longest key.</summary>
    public static int MaxBytes => 1 + MaxNameBytes + ((DimensionNames.Count + 1) * (2 + MaxValueBytes));

    /// <summary>The part of the keys of <paramref name="aggregation"/> that is always the same.</summary>
    public static byte[] Prefix(Aggregation aggregation) => [(byte)aggregation.Name.Length, .. Encoding.ASCII.GetBytes(aggregation.Name)];

    /// <summary>Appends the value of a dimension, repaired to UTF-8 and cut; nothing when it is empty.</summary>
    public static int Append(Span<byte> key, int position, byte entry, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return position;
        Span<byte> target = key[(position + 2)..];
        int length;
        if (Utf8.IsValid(value))
        {
            length = Cut(value);
            value[..length].CopyTo(target);
        }
        else
        {
            // Three bytes of a replacement character for each byte at most.
            Span<byte> repaired = stackalloc byte[MaxValueBytes * 3];
            int written = RepairedText.Write(value[..Math.Min(value.Length, MaxValueBytes)], repaired);
            length = Cut(repaired[..written]);
            repaired[..length].CopyTo(target);
        }
        key[position] = entry;
        key[position + 1] = (byte)length;
        return position + 2 + length;
    }

    /// <summary>The aggregation's name.</summary>
    public static ReadOnlyMemory<byte> Name(ReadOnlyMemory<byte> key) => key.Slice(1, key.Span[0]);

    /// <summary>True when <paramref name="key"/> has a value that folding would replace.</summary>
    public static bool CanFold(ReadOnlySpan<byte> key) => key.Length > 1 + key[0] && key.IndexOf(PartitionEntry) < 0;

    /// <summary>True when <paramref name="key"/> has no dimension: one key holds everything.</summary>
    public static bool IsTotal(ReadOnlySpan<byte> key) => key.Length == 1 + key[0];

    /// <summary>Checks that the bytes are a key and nothing else.</summary>
    public static bool IsValid(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty || key.Length > MaxBytes || key[0] is 0 or > MaxNameBytes || key.Length < 1 + key[0]) return false;
        if (!Utf8.IsValid(key.Slice(1, key[0]))) return false;
        int position = 1 + key[0];
        int last = -1;
        while (position < key.Length)
        {
            if (key.Length - position < 2) return false;
            byte entry = key[position];
            int length = key[position + 1];
            // Ascending, so that one combination has one key.
            if (entry <= last || (entry >= DimensionNames.Count && entry != PartitionEntry)) return false;
            if (length is 0 or > MaxValueBytes || length > key.Length - position - 2) return false;
            if (!Utf8.IsValid(key.Slice(position + 2, length))) return false;
            last = entry;
            position += 2 + length;
        }
        return true;
    }

    /// <summary>
    /// Writes the key under which <paramref name="key"/> is added up when there are too many: every value is <c>other</c>. It carries the
    /// partition of the task, because each task folds by itself and two must not write the same record.
    /// </summary>
    public static int Fold(ReadOnlySpan<byte> key, int partition, Span<byte> folded)
    {
        int position = 1 + key[0];
        key[..position].CopyTo(folded);
        int written = position;
        while (position < key.Length)
        {
            written = Append(folded, written, key[position], OtherValue);
            position += 2 + key[position + 1];
        }
        Span<byte> number = stackalloc byte[16];
        partition.TryFormat(number, out int digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        return Append(folded, written, PartitionEntry, number[..digits]);
    }

    /// <summary>Puts the dimensions of <paramref name="key"/> into <paramref name="dimensions"/>; they refer into the key.</summary>
    public static void CopyDimensions(ReadOnlyMemory<byte> key, AvroMap dimensions)
    {
        dimensions.Clear();
        ReadOnlySpan<byte> bytes = key.Span;
        int position = 1 + bytes[0];
        while (position < bytes.Length)
        {
            byte entry = bytes[position];
            byte[] name = entry == PartitionEntry ? PartitionName : DimensionNames.NameBytes(entry);
            dimensions.Add(new Utf8Text(name), new Utf8Text(key.Slice(position + 2, bytes[position + 1])));
            position += 2 + bytes[position + 1];
        }
    }

    private static int Cut(ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaxValueBytes) return value.Length;
        int length = MaxValueBytes;
        // Not inside a character: its later bytes are 10xxxxxx.
        while ((value[length] & 0xC0) == 0x80) length--;
        return length;
    }
}
