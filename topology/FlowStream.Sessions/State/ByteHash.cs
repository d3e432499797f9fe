using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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
        // What the bytes meet first is secret: whoever knew it could choose bytes that make a product, and so every hash with them, zero.
        ulong secret = seed ^ K0, state = seed ^ Mix((ulong)data.Length ^ K0, seed ^ K1);
        for (; data.Length > 16; data = data[16..])
        {
            state = Mix(
                BinaryPrimitives.ReadUInt64LittleEndian(data) ^ secret, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]) ^ state);
        }
        (ulong a, ulong b) = Ends(data);
        return Mix(Mix(a ^ secret, b ^ state), state ^ K1);
    }

    // Up to 16 bytes as two numbers, which overlap where there are fewer: with the length they tell every text from every other.
    private static (ulong First, ulong Last) Ends(ReadOnlySpan<byte> data)
    {
        if (data.Length >= sizeof(ulong))
            return (BinaryPrimitives.ReadUInt64LittleEndian(data), BinaryPrimitives.ReadUInt64LittleEndian(data[^sizeof(ulong)..]));
        if (data.Length >= sizeof(uint))
            return (BinaryPrimitives.ReadUInt32LittleEndian(data), BinaryPrimitives.ReadUInt32LittleEndian(data[^sizeof(uint)..]));
        return data.IsEmpty ? default : (data[0], ((ulong)data[data.Length / 2] << 8) | data[^1]);
    }

    /// <summary>Folds the product of two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong left, ulong right)
    {
        // Both halves in registers: what gives them at once puts one into memory.
        ulong high = Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(left, right) : Math.BigMul(left, right, out _);
        return high ^ (left * right);
    }
}
