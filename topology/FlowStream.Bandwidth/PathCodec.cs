using System.Buffers.Binary;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The bytes of path measurements. Sums: for each measure in the order of <see cref="PathFold.MeasureNames"/> four numbers. A partial: a
/// version byte, the time, sums. A row: a version byte, a byte that is 1 when settled, the revision, sums; its key is the path's and the
/// window's number as eight big-endian bytes.
/// </summary>
public static class PathCodec
{
    private const byte Version = 1;
    private const int WindowBytes = sizeof(long);

    /// <summary>Number of measures.</summary>
    public static int Measures => PathFold.MeasureNames.Count;

    /// <summary>Longest partial or value of a row.</summary>
    public static int MaxBytes => 2 + Varint.MaxBytes + (Measures * 4 * Varint.MaxBytes);

    /// <summary>Longest key of a row.</summary>
    internal static int MaxRowKeyBytes => PathKey.MaxBytes + WindowBytes;

    /// <summary>Writes the partial of one message and returns its length.</summary>
    /// <param name="quality">The record of a message.</param>
    /// <param name="partial">At least <see cref="MaxBytes"/> long.</param>
    public static int WritePartial(PathQuality quality, Span<byte> partial)
    {
        ArgumentNullException.ThrowIfNull(quality);
        partial[0] = Version;
        int position = Varint.Write(partial, 1, quality.Time);
        for (int i = 0; i < Measures; i++) position = Write(partial, position, Sums(quality, PathFold.MeasureNames[i]));
        return position;
    }

    internal static bool TryReadPartial(ReadOnlySpan<byte> partial, out long time, PathSums[] sums)
    {
        time = 0;
        int position = 1;
        return !partial.IsEmpty && partial[0] == Version && Varint.TryRead(partial, ref position, out time)
            && TryRead(partial, ref position, sums) && position == partial.Length;
    }

    internal static int WriteRowKey(Span<byte> destination, ReadOnlySpan<byte> path, long window)
    {
        path.CopyTo(destination);
        BinaryPrimitives.WriteInt64BigEndian(destination[path.Length..], window);
        return path.Length + WindowBytes;
    }

    internal static bool TryReadRowKey(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> path, out long window)
    {
        path = default;
        window = 0;
        if (key.Length <= WindowBytes) return false;
        path = key[..^WindowBytes];
        window = BinaryPrimitives.ReadInt64BigEndian(key[^WindowBytes..]);
        return window >= 0 && PathKey.IsValid(path);
    }

    internal static int WriteRow(Span<byte> destination, PathRow row)
    {
        destination[0] = Version;
        destination[1] = row.Settled ? (byte)1 : (byte)0;
        int position = Varint.Write(destination, 2, row.Revision);
        foreach (PathSums sums in row.Sums) position = Write(destination, position, sums);
        return position;
    }

    internal static bool TryReadRow(ReadOnlySpan<byte> value, PathRow row)
    {
        if (value.Length < 2 || value[0] != Version || value[1] > 1) return false;
        int position = 2;
        if (!Varint.TryRead(value, ref position, out long revision) || revision is < 0 or > int.MaxValue) return false;
        if (!TryRead(value, ref position, row.Sums) || position != value.Length) return false;
        row.Settled = value[1] == 1;
        row.Revision = (int)revision;
        return true;
    }

    private static PathSums Sums(PathQuality quality, Utf8Text name)
    {
        foreach (PathMeasure measure in quality.Measures.Items)
        {
            if (measure.Name.Equals(name)) return new PathSums(measure.Count, measure.Min, measure.Max, measure.Mean);
        }
        return default;
    }

    private static int Write(Span<byte> destination, int position, in PathSums sums)
    {
        position = Varint.Write(destination, position, sums.Count);
        if (sums.Count == 0) return position;
        position = Varint.Write(destination, position, sums.Min);
        position = Varint.Write(destination, position, sums.Max);
        return Varint.Write(destination, position, sums.Sum);
    }

    private static bool TryRead(ReadOnlySpan<byte> source, ref int position, PathSums[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = default;
            if (!Varint.TryRead(source, ref position, out long count)) return false;
            if (count == 0) continue;
            if (!Varint.TryRead(source, ref position, out long min) || !Varint.TryRead(source, ref position, out long max)
                || !Varint.TryRead(source, ref position, out long sum))
            {
                return false;
            }
            sums[i] = new PathSums(count, min, max, sum);
            if (!sums[i].IsPossible) return false;
        }
        return true;
    }
}
