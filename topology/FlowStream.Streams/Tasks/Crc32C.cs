using System.Numerics;
using System.Runtime.InteropServices;

namespace FlowStream.Streams.Tasks;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), with the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The value before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Carries the checksum on over <paramref name="data"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : ReverseBytes(word));
        foreach (var value in data[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, value);
        return crc;
    }

    /// <summary>The checksum as it is stored.</summary>
    public static uint Finish(uint crc) => ~crc;

    private static ulong ReverseBytes(ulong word) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
}
