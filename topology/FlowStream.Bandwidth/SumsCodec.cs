using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The binary form of <see cref="WindowSums"/>: its fields as variable-length numbers, in the order of declaration. Version 1 had the
/// nine before the active sessions.
/// </summary>
internal static class SumsCodec
{
    public const int MaxBytes = 13 * Varint.MaxBytes;

    private const int FirstWithActive = 2;

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
        position = Varint.Write(destination, position, sums.LateBytes);
        position = Varint.Write(destination, position, sums.Active);
        position = Varint.Write(destination, position, sums.ActiveInFive);
        position = Varint.Write(destination, position, sums.ActiveInHour);
        return Varint.Write(destination, position, sums.ErrorBytes);
    }

    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, byte version, out WindowSums sums)
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
        if (version < FirstWithActive) return true;
        if (!Varint.TryRead(source, ref position, out long active)
            || !Varint.TryRead(source, ref position, out long inFive)
            || !Varint.TryRead(source, ref position, out long inHour)
            || !Varint.TryRead(source, ref position, out long error))
            return false;
        sums = sums with { Active = active, ActiveInFive = inFive, ActiveInHour = inHour, ErrorBytes = error };
        return true;
    }
}
