namespace FlowStream.Broker.Log;

/// <summary>Zigzag variable-length integers, as records use them (Protocol Buffers encoding, sint32 and sint64).</summary>
internal static class Varint
{
    /// <summary>Longest encoding of a 64-bit number.</summary>
    public const int MaxBytes = 10;

    /// <summary>Reads a 64-bit number and moves the position behind it; false when it is cut off or too long.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out long value)
    {
        ulong raw = 0;
        int at = position;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if ((uint)at >= (uint)source.Length)
                break;
            byte b = source[at++];
            raw |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                // The tenth byte has room for one bit only.
                if (shift == 63 && b > 1)
                    break;
                position = at;
                value = (long)(raw >> 1) ^ -(long)(raw & 1);
                return true;
            }
        }
        value = 0;
        return false;
    }

    /// <summary>Reads a 32-bit number and moves the position behind it; false when it is cut off or out of range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out int value)
    {
        int at = position;
        if (TryRead(source, ref at, out long wide) && wide is >= int.MinValue and <= int.MaxValue)
        {
            position = at;
            value = (int)wide;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Bytes the number takes.</summary>
    public static int SizeOf(long value)
    {
        ulong raw = ZigZag(value);
        int size = 1;
        for (; raw >= 0x80; raw >>= 7)
            size++;
        return size;
    }

    /// <summary>Writes the number; the destination must have room. Returns the bytes written.</summary>
    public static int Write(Span<byte> destination, long value)
    {
        ulong raw = ZigZag(value);
        int at = 0;
        for (; raw >= 0x80; raw >>= 7)
            destination[at++] = (byte)(raw | 0x80);
        destination[at++] = (byte)raw;
        return at;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
