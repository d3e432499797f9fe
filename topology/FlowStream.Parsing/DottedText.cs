using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FlowStream.Parsing;

/// <summary>Writes IPv4 addresses as dotted text, an octet at a time from a table.</summary>
internal static class DottedText
{
    /// <summary>Bytes that <see cref="Write"/> may write: the text and a dot after it.</summary>
    public const int RoomBytes = 16;

    // The digits of an octet and a dot, first byte lowest, and above these four bytes how many there are.
    private static readonly ulong[] Octets = [.. Enumerable.Range(0, 256).Select(octet => Pack($"{octet}."))];

    /// <summary>Writes the address whose four bytes in network order are <paramref name="value"/>; returns how long it is.</summary>
    /// <param name="value">The address.</param>
    /// <param name="destination">At least <see cref="RoomBytes"/> long: what follows the text may be overwritten.</param>
    public static int Write(uint value, Span<byte> destination)
    {
        // An octet has at most four bytes with its dot, so each of the four writes begins where at least four are left.
        ref byte start = ref MemoryMarshal.GetReference(destination[..RoomBytes]);
        uint written = WriteOctet(value >> 24, ref start, 0);
        written = WriteOctet((value >> 16) & 0xFF, ref start, written);
        written = WriteOctet((value >> 8) & 0xFF, ref start, written);
        return (int)WriteOctet(value & 0xFF, ref start, written) - 1;
    }

    private static uint WriteOctet(uint octet, ref byte start, uint written)
    {
        ulong text = Octets[(byte)octet];
        uint digits = BitConverter.IsLittleEndian ? (uint)text : BinaryPrimitives.ReverseEndianness((uint)text);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, written), digits);
        return written + (uint)(text >> 32);
    }

    private static ulong Pack(string text)
    {
        ulong packed = (ulong)text.Length;
        for (int i = 3; i >= 0; i--) packed = (packed << 8) | (i < text.Length ? text[i] : 0u);
        return packed;
    }
}
