using System.Buffers.Binary;
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

    // The least value of one, two and three digits without a leading zero, a byte each.
    private const uint Least = (10u << 8) | (100u << 16);

    /// <summary>Reads the last <paramref name="length"/> bytes of <paramref name="block"/>.</summary>
    /// <param name="block"><see cref="BlockBytes"/> bytes.</param>
    /// <param name="length">Length of the text.</param>
    /// <param name="address">The four octets in network order.</param>
    /// <returns>False when the text is no address, or an octet has a leading zero, which some readers take for octal (RFC 6943
    /// section 3.1.1).</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, int length, out uint address)
    {
        address = 0;
        if (length is < MinBytes or > MaxBytes) return false;
        Vector128<byte> text = Vector128.Create(block[sizeof(uint)..]);
        uint dots = Vector128.Equals(text, Vector128.Create((byte)'.')).ExtractMostSignificantBits() >> (VectorBytes - length);
        Vector128<byte> values = text - Vector128.Create((byte)'0');
        uint digits = Vector128.LessThanOrEqual(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() >> (VectorBytes - length);
        if ((dots | digits) != (1u << length) - 1 || BitOperations.PopCount(dots) != 3) return false;
        int first = BitOperations.TrailingZeroCount(dots);
        dots &= dots - 1;
        int second = BitOperations.TrailingZeroCount(dots), third = BitOperations.TrailingZeroCount(dots & (dots - 1));
        ReadOnlySpan<byte> before = block[(VectorBytes - length)..];
        bool valid = TryReadOctet(before, first, first, out uint a) & TryReadOctet(before, second, second - first - 1, out uint b)
            & TryReadOctet(before, third, third - second - 1, out uint c) & TryReadOctet(before, length, length - third - 1, out uint d);
        address = (a << 24) | (b << 16) | (c << 8) | d;
        return valid;
    }

    // The text begins four bytes after the start of the span, so that the four bytes that end with the octet begin at its end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadOctet(ReadOnlySpan<byte> before, int end, int digits, out uint octet)
    {
        int foreign = 32 - (8 * digits);
        uint values = (BinaryPrimitives.ReadUInt32LittleEndian(before[end..]) ^ 0x3030_3030) >> foreign << foreign;
        octet = (values >> 24) + (((values >> 16) & 0xFF) * 10) + (((values >> 8) & 0xFF) * 100);
        return ((uint)(digits - 1) < 3) & (octet <= byte.MaxValue) & (octet >= ((Least >> (8 * (digits - 1))) & 0xFF));
    }
}
