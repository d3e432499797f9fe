using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>How many sessions ended for each reason, in one window: an array by the number of the reason, and its binary form.</summary>
internal static class EndReasonSums
{
    /// <summary>Length of an array.</summary>
    public static readonly int Count = EndReasons.All.Count;

    /// <summary>Longest form in bytes.</summary>
    public static int MaxBytes => Varint.MaxBytes + (Count * (1 + Varint.MaxBytes));

    /// <summary>True when all are zero.</summary>
    public static bool AreZero(ReadOnlySpan<long> sums) => !sums.ContainsAnyExcept(0L);

    /// <summary>
    /// Writes those that are not zero: how many there are, then for each its number in <see cref="EndReason"/> as a byte and the sum.
    /// </summary>
    public static int Write(Span<byte> destination, int position, ReadOnlySpan<long> sums)
    {
        int present = sums.Length - sums.Count(0L);
        position = Varint.Write(destination, position, present);
        for (int reason = 0; present > 0; reason++)
        {
            if (sums[reason] == 0) continue;
            destination[position++] = (byte)reason;
            position = Varint.Write(destination, position, sums[reason]);
            present--;
        }
        return position;
    }

    /// <summary>Reads what <see cref="Write"/> wrote and adds it to <paramref name="sums"/>; an empty one takes nothing.</summary>
    /// <returns>False when the bytes are damaged.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, Span<long> sums)
    {
        if (!Varint.TryRead(source, ref position, out long present) || present < 0 || present > Count) return false;
        for (int last = -1; present > 0; present--)
        {
            if (position >= source.Length) return false;
            int reason = source[position++];
            if (reason <= last || reason >= Count || !Varint.TryRead(source, ref position, out long sum)) return false;
            last = reason;
            if (!sums.IsEmpty) sums[reason] += sum;
        }
        return true;
    }
}
