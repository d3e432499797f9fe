using System.Buffers.Binary;

namespace FlowStream.Bandwidth;

/// <summary>
/// The changelog form of a row. Key: the series' key, then eight big-endian bytes: the length of the window in minutes (two, 0 for one
/// minute) and its number (six). Value: a version byte, a byte that is 1 when settled, the revision, the sums, and since version 2 the
/// reasons of the ends.
/// </summary>
internal static class RowCodec
{
    private const byte Version = 2;
    private const byte OldestVersion = 1;
    private const int WindowBytes = sizeof(long);
    private const int MinutesShift = 48;

    /// <summary>Longest key in bytes.</summary>
    public static int MaxKeyBytes => SeriesKey.MaxBytes + WindowBytes;

    /// <summary>Longest value in bytes.</summary>
    public static int MaxValueBytes => 2 + Varint.MaxBytes + SumsCodec.MaxBytes + EndReasonSums.MaxBytes;

    public static int WriteKey(Span<byte> destination, ReadOnlySpan<byte> series, int minutes, long window)
    {
        series.CopyTo(destination);
        BinaryPrimitives.WriteInt64BigEndian(destination[series.Length..], ((long)minutes << MinutesShift) | window);
        return series.Length + WindowBytes;
    }

    public static bool TryReadKey(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> series, out int minutes, out long window)
    {
        series = default;
        minutes = 0;
        window = 0;
        if (key.Length < WindowBytes) return false;
        series = key[..^WindowBytes];
        long place = BinaryPrimitives.ReadInt64BigEndian(key[^WindowBytes..]);
        minutes = (int)(place >> MinutesShift);
        window = place & ((1L << MinutesShift) - 1);
        return SeriesKey.IsValid(series) && minutes >= 0;
    }

    public static int WriteValue(Span<byte> destination, in WindowRow row, ReadOnlySpan<long> reasons)
    {
        destination[0] = Version;
        destination[1] = row.Settled ? (byte)1 : (byte)0;
        int position = SumsCodec.Write(destination, Varint.Write(destination, 2, row.Revision), row.Sums);
        return EndReasonSums.Write(destination, position, reasons);
    }

    public static bool TryReadValue(ReadOnlySpan<byte> value, ref WindowRow row, Span<long> reasons)
    {
        if (value.Length < 2 || value[0] is < OldestVersion or > Version || value[1] > 1) return false;
        int position = 2;
        if (!Varint.TryRead(value, ref position, out long revision) || revision is < 0 or > int.MaxValue) return false;
        if (!SumsCodec.TryRead(value, ref position, value[0], out WindowSums sums)) return false;
        if (value[0] > OldestVersion && !EndReasonSums.TryRead(value, ref position, reasons)) return false;
        if (position != value.Length) return false;
        row.Settled = value[1] == 1;
        row.Revision = (int)revision;
        row.Sums = sums;
        return true;
    }
}
