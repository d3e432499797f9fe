using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Schemas;

/// <summary>Copies the short texts of records, and sees in the same pass whether they are ASCII.</summary>
internal static class AsciiText
{
    private const ulong HighBits = 0x8080_8080_8080_8080;

    /// <summary>Copies <paramref name="length"/> bytes.</summary>
    /// <param name="from">The first of any bytes.</param>
    /// <param name="to">Where they go: there is room for all of them, and it lies elsewhere.</param>
    /// <param name="length">How many.</param>
    /// <returns>True when every byte is ASCII.</returns>
    public static bool Copy(ref byte from, ref byte to, nuint length)
    {
        if (length >= (nuint)Vector128<byte>.Count) return CopyBlocks(ref from, ref to, length);
        // The last word overlaps the first: together they are the whole text.
        if (length >= sizeof(ulong))
        {
            nuint end = length - sizeof(ulong);
            ulong first = Unsafe.ReadUnaligned<ulong>(ref from);
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, end));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, end), last);
            return ((first | last) & HighBits) == 0;
        }
        if (length >= sizeof(uint))
        {
            nuint end = length - sizeof(uint);
            uint first = Unsafe.ReadUnaligned<uint>(ref from);
            uint last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, end));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, end), last);
            return ((first | last) & unchecked((uint)HighBits)) == 0;
        }
        if (length == 0) return true;
        // The first, the middle and the last of one to three bytes are all of them.
        byte head = from, middle = Unsafe.Add(ref from, length >> 1), tail = Unsafe.Add(ref from, length - 1);
        to = head;
        Unsafe.Add(ref to, length >> 1) = middle;
        Unsafe.Add(ref to, length - 1) = tail;
        return (head | middle | tail) < 0x80;
    }

    private static bool CopyBlocks(ref byte from, ref byte to, nuint length)
    {
        nuint end = length - (nuint)Vector128<byte>.Count;
        Vector128<byte> seen = Vector128.LoadUnsafe(ref from, end);
        seen.StoreUnsafe(ref to, end);
        for (nuint i = 0; i < end; i += (nuint)Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref from, i);
            block.StoreUnsafe(ref to, i);
            seen |= block;
        }
        return seen.ExtractMostSignificantBits() == 0;
    }
}
