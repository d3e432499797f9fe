using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing;

/// <summary>
/// Reads dotted IPv4 text of a message without a branch for each byte: the dots and the digits are found at once, and the digits of all
/// four octets are put in their places at once.
/// </summary>
internal static class DottedAddress
{
    /// <summary>How many bytes are looked at.</summary>
    public const int BlockBytes = 16;

    private const int MinBytes = 7;
    private const int MaxBytes = 15;

    private const byte Dot = unchecked((byte)('.' - '0'));

    // Each digit of 255 in a byte of its own.
    private const uint MaxDigits = 0x02_05_05;

    // The low byte of each octet's number, as a number's bytes are in memory.
    private static Vector128<byte> LastOctetFirst => Vector128.Create((byte)12, 8, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    // Where the digits of the octets are in a block, by the numbers of these digits: two bits each, the last octet's the lowest.
    private static readonly Vector128<byte>[] Places = [.. Enumerable.Range(0, 256).Select(PlacesOf)];

    /// <summary>Reads the last <paramref name="length"/> bytes of a block.</summary>
    /// <param name="block">The first of <see cref="BlockBytes"/> bytes that may be read.</param>
    /// <param name="length">Length of the text.</param>
    /// <param name="address">The four octets in network order.</param>
    /// <returns>False when the text is no address, or an octet has a leading zero, which some readers take for octal (RFC 6943
    /// section 3.1.1).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ref byte block, int length, out uint address)
    {
        address = 0;
        if (length is < MinBytes or > MaxBytes) return false;
        Vector128<byte> values = Vector128.LoadUnsafe(ref block) - Vector128.Create((byte)'0');
        int start = BlockBytes - length;
        uint text = (uint)ushort.MaxValue >> start << start;
        uint dots = Vector128.Equals(values, Vector128.Create(Dot)).ExtractMostSignificantBits() & text;
        uint digits = Vector128.LessThanOrEqual(values, Vector128.Create((byte)9)).ExtractMostSignificantBits() & text;
        uint zeros = Vector128.Equals(values, Vector128<byte>.Zero).ExtractMostSignificantBits();
        if ((dots | digits) != text || BitOperations.PopCount(dots) != 3) return false;
        uint starts = (dots << 1) | (1u << start), pairs = digits & (digits >> 1);
        // An octet without digits, with a leading zero, with four digits.
        if (((starts & ~digits) | (starts & zeros & pairs) | (pairs & (pairs >> 2))) != 0) return false;
        int first = BitOperations.TrailingZeroCount(dots), third = BitOperations.Log2(dots);
        int second = BitOperations.TrailingZeroCount(dots & (dots - 1));
        int lengths = ((first - start) << 6) | ((second - first - 1) << 4) | ((third - second - 1) << 2) | (BlockBytes - 1 - third);
        Vector128<uint> octets = Vector128.ShuffleNative(values, Places[lengths]).AsUInt32();
        if (Vector128.GreaterThanAny(octets, Vector128.Create(MaxDigits))) return false;
        octets = (octets & Vector128.Create(0xFFu)) + (((octets >> 8) & Vector128.Create(0xFFu)) * 10) + ((octets >> 16) * 100);
        address = Vector128.ShuffleNative(octets.AsByte(), LastOctetFirst).AsUInt32().ToScalar();
        return true;
    }

    // Four bytes for each octet, its last digit first; there is no byte at 255.
    private static Vector128<byte> PlacesOf(int lengths)
    {
        var places = new byte[Vector128<byte>.Count];
        Array.Fill(places, byte.MaxValue);
        int end = BlockBytes - 1;
        for (int octet = 3; octet >= 0; octet--)
        {
            int length = (lengths >> (2 * (3 - octet))) & 3;
            for (int i = 0; i < length; i++) places[(4 * octet) + i] = (byte)end--;
            end--;
        }
        return Vector128.Create(places);
    }
}
