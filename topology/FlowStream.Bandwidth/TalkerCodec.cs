using System.Buffers.Binary;
using FlowStream.Parsing;

namespace FlowStream.Bandwidth;

/// <summary>
/// The value of a partial of top talkers: a version byte, the number of the task, the window, the sums of the rest (whose error is the most
/// that any pair of it has), the number of pairs, and for each its addresses, 16 bytes each, and its sums.
/// </summary>
internal static class TalkerCodec
{
    /// <summary>First byte of a value; the versions before are those of <see cref="PartialCodec"/>.</summary>
    public const byte Version = 3;

    private const int AddressBytes = 16;

    /// <summary>Longest value with <paramref name="pairs"/> pairs.</summary>
    public static int MaxBytes(int pairs) =>
        1 + (3 * Varint.MaxBytes) + SumsCodec.MaxBytes + (pairs * ((2 * AddressBytes) + SumsCodec.MaxBytes));

    /// <summary>Writes the addresses of a pair and returns the position after them.</summary>
    public static int WriteAddresses(Span<byte> destination, int position, IpAddress source, IpAddress target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[position..], source.High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(position + 8)..], source.Low);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(position + 16)..], target.High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[(position + 24)..], target.Low);
        return position + (2 * AddressBytes);
    }

    /// <summary>Reads the addresses of a pair.</summary>
    /// <returns>False when the bytes end inside them.</returns>
    public static bool TryReadAddresses(ReadOnlySpan<byte> value, ref int position, out IpAddress source, out IpAddress target)
    {
        source = target = default;
        if (value.Length - position < 2 * AddressBytes) return false;
        ReadOnlySpan<byte> bytes = value[position..];
        source = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        target = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
        position += 2 * AddressBytes;
        return true;
    }
}
