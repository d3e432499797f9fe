using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing;

/// <summary>Copies a message, and looks in the same pass for the bytes for which most messages need not be searched then.</summary>
internal static class MessageCopy
{
    private const int BlockBytes = 2 * 32;

    /// <summary>
    /// Copies <paramref name="message"/> to the start of <paramref name="destination"/>, which has room for it, and is the same memory or
    /// has none in common with it.
    /// </summary>
    /// <returns>
    /// False when the message holds neither a backslash nor a byte outside ASCII. True says nothing of a message shorter than a block.
    /// </returns>
    public static bool Copy(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        if (message.Length < BlockBytes || destination.Length < message.Length)
        {
            message.CopyTo(destination);
            return true;
        }
        ref byte from = ref MemoryMarshal.GetReference(message);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        Vector256<byte> found = Vector256<byte>.Zero;
        // The last block ends with the message: what it has in common with the one before is copied twice.
        nuint last = (nuint)message.Length - BlockBytes;
        for (nuint i = 0; i < last; i += BlockBytes) found |= CopyBlock(ref Unsafe.Add(ref from, i), ref Unsafe.Add(ref to, i));
        found |= CopyBlock(ref Unsafe.Add(ref from, last), ref Unsafe.Add(ref to, last));
        return found.ExtractMostSignificantBits() != 0;
    }

    // The highest bit of a byte of the result is set where one of the two bytes is looked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> CopyBlock(ref byte from, ref byte to)
    {
        Vector256<byte> low = Vector256.LoadUnsafe(ref from), high = Vector256.LoadUnsafe(ref from, BlockBytes / 2);
        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, BlockBytes / 2);
        Vector256<byte> backslash = Vector256.Create((byte)'\\');
        return low | high | Vector256.Equals(low, backslash) | Vector256.Equals(high, backslash);
    }
}
