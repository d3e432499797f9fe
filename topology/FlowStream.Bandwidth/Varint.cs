namespace FlowStream.Bandwidth;

/// <summary>Variable-length numbers: seven bits a byte, low first, the high bit set on all but the last; signed ones zig-zag.</summary>
internal static class Varint
{
    /// <summary>Longest form in bytes.</summary>
    public const int MaxBytes = Schemas.Varint.MaxBytes;

    /// <summary>Writes a number and returns the position after it. The caller has seen to <see cref="MaxBytes"/> of space.</summary>
    public static int Write(Span<byte> destination, int position, long value) =>
        position + Schemas.Varint.Write(destination[position..], Schemas.Varint.ZigZag(value));

    /// <summary>Reads a number at <paramref name="position"/> and moves it on.</summary>
    /// <returns>False when the bytes end inside it or it has more than 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out long value)
    {
        ulong read = 0;
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (position >= source.Length) return false;
            byte next = source[position++];
            if (shift == 63 && next > 1) return false;
            read |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80) continue;
            value = (long)(read >> 1) ^ -(long)(read & 1);
            return true;
        }
        return false;
    }
}
