using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Finds the double quotes of a message one after the other. 64 bytes are compared at a time into a mask with one bit for each quote, so
/// that a quote costs one bit operation however short the values are. No byte outside the message is read.
/// </summary>
internal ref struct QuoteScanner
{
    private const int BlockBytes = 64;

    private readonly ReadOnlySpan<byte> _message;
    private int _block;
    private ulong _quotes;

    /// <summary>Starts at <paramref name="from"/>.</summary>
    public QuoteScanner(ReadOnlySpan<byte> message, int from)
    {
        _message = message;
        _block = from;
        _quotes = from < message.Length ? ReadBlock(from) : 0;
    }

    /// <summary>The position of the next quote, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (_quotes == 0)
        {
            _block += BlockBytes;
            if (_block >= _message.Length) return NoMore();
            _quotes = ReadBlock(_block);
        }
        int position = _block + BitOperations.TrailingZeroCount(_quotes);
        _quotes &= _quotes - 1;
        return position;
    }

    // The block stays at the end, or a call after the last quote would count it up without bound.
    private int NoMore()
    {
        _block = _message.Length;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong ReadBlock(int start)
    {
        int remaining = _message.Length - start;
        ref byte first = ref MemoryMarshal.GetReference(_message);
        if (remaining >= BlockBytes) return Quotes(ref Unsafe.Add(ref first, start));
        return ReadTail(start, remaining);
    }

    // Whole blocks end at the end of the message instead of running over it; a message shorter than a block is read byte by byte.
    private readonly ulong ReadTail(int start, int remaining)
    {
        if (_message.Length >= BlockBytes)
        {
            ref byte first = ref MemoryMarshal.GetReference(_message);
            return Quotes(ref Unsafe.Add(ref first, _message.Length - BlockBytes)) >> (BlockBytes - remaining);
        }
        ulong quotes = 0;
        for (int i = 0; i < remaining; i++)
        {
            if (_message[start + i] == '"') quotes |= 1UL << i;
        }
        return quotes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Quotes(ref byte block)
    {
        Vector256<byte> quote = Vector256.Create((byte)'"');
        uint low = Vector256.Equals(Vector256.LoadUnsafe(ref block), quote).ExtractMostSignificantBits();
        uint high = Vector256.Equals(Vector256.LoadUnsafe(ref block, 32), quote).ExtractMostSignificantBits();
        return low | ((ulong)high << 32);
    }
}
