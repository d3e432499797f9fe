using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing;

/// <summary>
/// Reads dotted IPv4 text of a message without a branch for each byte: the dots and the digits are found at once, and each octet is read
/// from the bytes that end with it.
/// </summary>
internal static class DottedAddress
{
    /// <summary>How many bytes are looked at: the longest text, and those before it that the first octet is read with.</summary>
    public const int BlockBytes = VectorBytes + sizeof(uint);

    private const int VectorBytes = 16;
    private const int MinBytes = 7;
    private const int MaxBytes = 15;

    private const byte Dot = unchecked((byte)('.' - '0'));

    /// <summary>Reads the last <paramref name="length"/> bytes of a block.</summary>
    /// <param name="block">The first of <see cref="BlockBytes"/> bytes that may be read.</param>
    /// <param name="length">Length of the text.</param>
    /// <param name="address">The four octets in network order.</param>
    /// <returns>False when the text is no address, or an octet has a leading zero, which some readers take for octal (RFC 6943
    /// section 3.1.1).</returns>
    public static bool TryRead(ref byte block, int length, out uint address)
    {
        address = 0;
        if (length is < MinBytes or > MaxBytes) return false;
        Vector128<byte> values = Vector128.LoadUnsafe(ref block, sizeof(uint)) - Vector128.Create((byte)'0');
        uint dots = Where(Vector128.Equals(values, Vector128.Create(Dot)), length);
        uint digits = Where(Vector128.LessThanOrEqual(values, Vector128.Create((byte)9)), length);
        uint zeros = Where(Vector128.Equals(values, Vector128<byte>.Zero), length);
        if ((dots | digits) != (1u << length) - 1 || BitOperations.PopCount(dots) != 3) return false;
        uint starts = (dots << 1) | 1, pairs = digits & (digits >> 1);
        // An octet without digits, with a leading zero, with four digits.
        if (((starts & ~digits) | (starts & zeros & pairs) | (pairs & (pairs >> 2))) != 0) return false;
        int first = BitOperations.TrailingZeroCount(dots), third = BitOperations.Log2(dots);
        int second = BitOperations.TrailingZeroCount(dots & (dots - 1));
        ref byte before = ref Unsafe.Add(ref block, VectorBytes - length);
        uint a = Octet(ref before, first, first), b = Octet(ref before, second, second - first - 1);
        uint c = Octet(ref before, third, third - second - 1), d = Octet(ref before, length, length - third - 1);
        address = (a << 24) | (b << 16) | (c << 8) | d;
        // One that is too large has a bit that no octet has.
        return (a | b | c | d) <= byte.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Where(Vector128<byte> found, int length) => found.ExtractMostSignificantBits() >> (VectorBytes - length);

    // The text begins four bytes after the reference, so that the four bytes that end with the octet begin at its end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Octet(ref byte before, int end, int digits)
    {
        int foreign = 32 - (8 * digits);
        uint values = (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref before, end)) ^ 0x3030_3030) >> foreign << foreign;
        return (values >> 24) + (((values >> 16) & 0xFF) * 10) + (((values >> 8) & 0xFF) * 100);
    }
}
