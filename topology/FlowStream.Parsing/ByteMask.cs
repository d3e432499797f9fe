using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing;

/// <summary>
/// Where one byte occurs in 64 bytes of a text, as a mask with one bit for each of them. No byte outside the text is read, but by
/// <see cref="Find"/>.
/// </summary>
internal static class ByteMask
{
    /// <summary>How many bytes one mask is about.</summary>
    public const int BlockBytes = 64;

    /// <summary>Bit i is set when <paramref name="text"/> holds <paramref name="wanted"/> at <paramref name="start"/> + i.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">A position inside the text.</param>
    /// <param name="wanted">The byte to look for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> text, int start, byte wanted)
    {
        ref byte first = ref MemoryMarshal.GetReference(text);
        return text.Length - start >= BlockBytes ? Find(ref Unsafe.Add(ref first, start), wanted) : ReadTail(text, start, wanted);
    }

    /// <summary>
    /// The first place in <paramref name="part"/> of <paramref name="text"/> that holds <paramref name="wanted"/>, or -1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int First(ReadOnlySpan<byte> text, TextSlice part, byte wanted)
    {
        if (part.Length is 0 or > BlockBytes) return text.Slice(part.Offset, part.Length).IndexOf(wanted);
        ulong mask = Within(text, part, wanted);
        return mask == 0 ? -1 : BitOperations.TrailingZeroCount(mask);
    }

    /// <summary>The last such place, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Last(ReadOnlySpan<byte> text, TextSlice part, byte wanted)
    {
        if (part.Length is 0 or > BlockBytes) return text.Slice(part.Offset, part.Length).LastIndexOf(wanted);
        return BlockBytes - 1 - BitOperations.LeadingZeroCount(Within(text, part, wanted));
    }

    private static ulong Within(ReadOnlySpan<byte> text, TextSlice part, byte wanted) =>
        Read(text, part.Offset, wanted) & (ulong.MaxValue >> (BlockBytes - part.Length));

    // Whole blocks end at the end of the text instead of running over it; a text shorter than a block is read byte by byte.
    private static ulong ReadTail(ReadOnlySpan<byte> text, int start, byte wanted)
    {
        int remaining = text.Length - start;
        if (text.Length >= BlockBytes)
        {
            ref byte first = ref MemoryMarshal.GetReference(text);
            return Find(ref Unsafe.Add(ref first, text.Length - BlockBytes), wanted) >> (BlockBytes - remaining);
        }
        ulong mask = 0;
        for (int i = 0; i < remaining; i++)
        {
            if (text[start + i] == wanted) mask |= 1UL << i;
        }
        return mask;
    }

    /// <summary>The mask of <see cref="BlockBytes"/> bytes that may all be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Find(ref byte block, byte wanted)
    {
        Vector256<byte> pattern = Vector256.Create(wanted);
        uint low = Vector256.Equals(Vector256.LoadUnsafe(ref block), pattern).ExtractMostSignificantBits();
        uint high = Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), pattern).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }
}
