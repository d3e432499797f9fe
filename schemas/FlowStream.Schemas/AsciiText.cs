using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Schemas;

/// <summary>Copies the short texts of records, and sees in the same pass whether they are ASCII.</summary>
internal static class AsciiText
{
    private const ulong HighBits = 0x8080_8080_8080_8080;

    /// <summary>Copies <paramref name="text"/>.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="target">At least as long; it lies elsewhere.</param>
    /// <returns>True when every byte is ASCII.</returns>
    public static bool Copy(ReadOnlySpan<byte> text, Span<byte> target)
    {
        target = target[..text.Length];
        if (text.Length >= Vector128<byte>.Count) return CopyBlocks(text, target);
        // The last word overlaps the first: together they are the whole text.
        if (text.Length >= sizeof(ulong))
        {
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(text);
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
            BinaryPrimitives.WriteUInt64LittleEndian(target, first);
            BinaryPrimitives.WriteUInt64LittleEndian(target[^sizeof(ulong)..], last);
            return ((first | last) & HighBits) == 0;
        }
        if (text.Length >= sizeof(uint))
        {
            uint first = BinaryPrimitives.ReadUInt32LittleEndian(text);
            uint last = BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]);
            BinaryPrimitives.WriteUInt32LittleEndian(target, first);
            BinaryPrimitives.WriteUInt32LittleEndian(target[^sizeof(uint)..], last);
            return ((first | last) & unchecked((uint)HighBits)) == 0;
        }
        int seen = 0;
        for (int i = 0; i < text.Length; i++) seen |= target[i] = text[i];
        return seen < 0x80;
    }

    private static bool CopyBlocks(ReadOnlySpan<byte> text, Span<byte> target)
    {
        ref byte from = ref MemoryMarshal.GetReference(text), to = ref MemoryMarshal.GetReference(target);
        nuint end = (nuint)(text.Length - Vector128<byte>.Count);
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
