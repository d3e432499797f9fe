using System.Buffers.Binary;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>A key and a value as one input: the key's length in two bytes, the key, the value.</summary>
internal static class Pair
{
    private const int HeaderBytes = sizeof(ushort);

    public static byte[] Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        byte[] pair = new byte[HeaderBytes + key.Length + value.Length];
        BinaryPrimitives.WriteUInt16BigEndian(pair, (ushort)key.Length);
        key.CopyTo(pair.AsSpan(HeaderBytes));
        value.CopyTo(pair.AsSpan(HeaderBytes + key.Length));
        return pair;
    }

    /// <summary>The two parts of any bytes; a length beyond the end takes all there is.</summary>
    public static (byte[] Key, byte[] Value) Split(byte[] pair)
    {
        if (pair.Length < HeaderBytes) return (pair, []);
        int end = Math.Min(pair.Length, HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(pair));
        return (pair[HeaderBytes..end], pair[end..]);
    }
}
