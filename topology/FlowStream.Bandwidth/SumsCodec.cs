using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>The binary form of <see cref="WindowSums"/>: its nine fields as variable-length numbers, in the order of declaration.</summary>
internal static class SumsCodec
{
    public const int MaxBytes = 9 * Varint.MaxBytes;

    public static int Write(Span<byte> destination, int position, in WindowSums sums)
    {
        position = Varint.Write(destination, position, sums.Volume.BytesFromClient);
        position = Varint.Write(destination, position, sums.Volume.BytesFromServer);
        position = Varint.Write(destination, position, sums.Volume.PacketsFromClient);
        position = Varint.Write(destination, position, sums.Volume.PacketsFromServer);
        position = Varint.Write(destination, position, sums.Opened);
        position = Varint.Write(destination, position, sums.Closed);
        position = Varint.Write(destination, position, sums.Denied);
        position = Varint.Write(destination, position, sums.EstimatedBytes);
        return Varint.Write(destination, position, sums.LateBytes);
    }

    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out WindowSums sums)
    {
        sums = default;
        if (!Varint.TryRead(source, ref position, out long bytesFromClient)
            || !Varint.TryRead(source, ref position, out long bytesFromServer)
            || !Varint.TryRead(source, ref position, out long packetsFromClient)
            || !Varint.TryRead(source, ref position, out long packetsFromServer)
            || !Varint.TryRead(source, ref position, out long opened)
            || !Varint.TryRead(source, ref position, out long closed)
            || !Varint.TryRead(source, ref position, out long denied)
            || !Varint.TryRead(source, ref position, out long estimated)
            || !Varint.TryRead(source, ref position, out long late))
            return false;
        var volume = new Volume(bytesFromClient, bytesFromServer, packetsFromClient, packetsFromServer);
        sums = new WindowSums(volume, opened, closed, denied, estimated, late);
        return true;
    }
}
