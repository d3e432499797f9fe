using System.Buffers.Binary;

namespace FlowStream.Parsing;

/// <summary>Writes IPv4 addresses as dotted text, an octet at a time from a table.</summary>
internal static class DottedText
{
    // The digits of an octet and a dot, first byte lowest.
    private static readonly uint[] Octets = [.. Enumerable.Range(0, 256).Select(octet => Pack($"{octet}."))];

    /// <summary>Writes the address whose four bytes in network order are <paramref name="value"/>; returns how long it is.</summary>
    /// <param name="value">The address.</param>
    /// <param name="destination">16 bytes: what follows the text may be overwritten.</param>
    public static int Write(uint value, Span<byte> destination)
    {
        int written = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            uint octet = (value >> shift) & 0xFF;
            BinaryPrimitives.WriteUInt32LittleEndian(destination[written..], Octets[octet]);
            written += octet >= 100 ? 4 : octet >= 10 ? 3 : 2;
        }
        return written - 1;
    }

    private static uint Pack(string text)
    {
        uint packed = 0;
        for (int i = text.Length - 1; i >= 0; i--) packed = (packed << 8) | text[i];
        return packed;
    }
}
