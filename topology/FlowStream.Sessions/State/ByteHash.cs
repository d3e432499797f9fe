using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// A fast 64-bit hash for tables in memory: 16 bytes a step, each step a 64 x 64 -> 128 bit product folded to 64. Tables draw their seed at
/// random, so a sender who picks addresses and ports cannot aim at one bucket. Never stored, never part of an output.
/// </summary>
internal static class ByteHash
{
    // Odd constants with balanced bits: the fractional parts of the square roots of 2 and 3, made odd.
    private const ulong K0 = 0x6A09E667F3BCC909;
    private const ulong K1 = 0xBB67AE8584CAA73B;

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static ulong Of(ReadOnlySpan<byte> data, ulong seed)
    {
        ulong state = seed ^ Mix((ulong)data.Length ^ K0, seed ^ K1);
        while (data.Length >= 16)
        {
            state = Mix(BinaryPrimitives.ReadUInt64LittleEndian(data) ^ K0, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]) ^ state);
            data = data[16..];
        }
        ulong a = 0, b = 0;
        if (data.Length >= 8)
        {
            a = BinaryPrimitives.ReadUInt64LittleEndian(data);
            data = data[8..];
        }
        for (int i = 0; i < data.Length; i++) b = (b << 8) | data[i];
        return Mix(Mix(a ^ K1, b ^ state), state ^ K0);
    }

    /// <summary>Folds the product of two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
