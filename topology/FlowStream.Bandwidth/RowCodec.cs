using System.Buffers.Binary;

namespace FlowStream.Bandwidth;

/// <summary>
/// The changelog form of a row. Key: the series' key, then the number of the window as eight big-endian bytes. Value: a version byte, a
/// byte that is 1 when settled, the revision, the sums.
/// </summary>
internal static class RowCodec
{
    /// <summary>Longest value in bytes.</summary>
    public const int MaxValueBytes = 2 + Varint.MaxBytes + SumsCodec.MaxBytes;

    private const byte Version = 1;
    private const int WindowBytes = sizeof(long);

    /// <summary>Longest key in bytes.</summary>
    public static int MaxKeyBytes => SeriesKey.MaxBytes + WindowBytes;

    public static int WriteKey(Span<byte> destination, ReadOnlySpan<byte> series, long window)
    {
        series.CopyTo(destination);
        BinaryPrimitives.WriteInt64BigEndian(destination[series.Length..], window);
        return series.Length + WindowBytes;
    }

    public static bool TryReadKey(ReadOnlySpan<byte> key, long lastWindow, out ReadOnlySpan<byte> series, out long window)
    {
        series = default;
        window = 0;
        if (key.Length < WindowBytes) return false;
        series = key[..^WindowBytes];
        window = BinaryPrimitives.ReadInt64BigEndian(key[^WindowBytes..]);
        return SeriesKey.IsValid(series) && window >= 0 && window <= lastWindow;
    }

    public static int WriteValue(Span<byte> destination, in WindowRow row)
    {
        destination[0] = Version;
        destination[1] = row.Settled ? (byte)1 : (byte)0;
        return SumsCodec.Write(destination, Varint.Write(destination, 2, row.Revision), row.Sums);
    }

    public static bool TryReadValue(ReadOnlySpan<byte> value, ref WindowRow row)
    {
        if (value.Length < 2 || value[0] != Version || value[1] > 1) return false;
        int position = 2;
        if (!Varint.TryRead(value, ref position, out long revision) || revision is < 0 or > int.MaxValue) return false;
        if (!SumsCodec.TryRead(value, ref position, out WindowSums sums) || position != value.Length) return false;
        row.Settled = value[1] == 1;
        row.Revision = (int)revision;
        row.Sums = sums;
        return true;
    }
}
