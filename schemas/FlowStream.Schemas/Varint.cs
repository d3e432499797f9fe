using System.Buffers.Binary;
using System.Numerics;

namespace FlowStream.Schemas;

/// <summary>
/// Numbers of variable length, as Avro has them: seven bits a byte, low first, the high bit set on all but the last; signed ones zig-zag.
/// </summary>
public static class Varint
{
    /// <summary>Longest form in bytes.</summary>
    public const int MaxBytes = 10;

    private const int WordBits = 56;
    private const ulong Continues = 0x8080_8080_8080_8080;

    /// <summary>A signed number as an unsigned one, so that those near zero are short: 0, -1, 1, -2 are 0, 1, 2, 3.</summary>
    public static ulong ZigZag(long number) => (ulong)((number << 1) ^ (number >> 63));

    /// <summary>Writes <paramref name="number"/> and returns its number of bytes; what follows them may be overwritten.</summary>
    /// <param name="target">At least <see cref="MaxBytes"/> long.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for a word of eight bytes.</exception>
    /// <exception cref="IndexOutOfRangeException">There is room for a word, and the number is longer.</exception>
    public static int Write(Span<byte> target, ulong number)
    {
        if (number >> WordBits == 0)
        {
            // Eight bytes at once, of which only some count: nobody foresees how long a number is, and a loop would be left at a guess.
            // A seventh of what is below 64 is 37 / 256 of it.
            int last = (BitOperations.Log2(number | 1) * 37) >> 8;
            BinaryPrimitives.WriteUInt64LittleEndian(target, Spread(number) | (Continues & ~(ulong.MaxValue << (8 * last))));
            return last + 1;
        }
        BinaryPrimitives.WriteUInt64LittleEndian(target, Spread(number & ((1UL << WordBits) - 1)) | Continues);
        ulong rest = number >> WordBits;
        target[MaxBytes - 2] = (byte)rest;
        if (rest < 0x80) return MaxBytes - 1;
        target[MaxBytes - 1] = 1;
        return MaxBytes;
    }

    // Gives each seven of at most 56 bits a byte of their own, by halves. What moves up by n bits is there once already, so 2^n - 1 times
    // it is added: a step of masks and shifts on both halves would be twice as long.
    private static ulong Spread(ulong number)
    {
        ulong halves = number + ((number >> 28) * 0xF000_0000);
        ulong quarters = halves + ((halves & 0x0FFF_C000_0FFF_C000) * 3);
        return quarters + (quarters & 0x3F80_3F80_3F80_3F80);
    }
}
