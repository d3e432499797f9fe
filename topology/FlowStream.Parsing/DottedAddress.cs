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

    // One bit before each octet, that is at each dot and before the text, is the form of an address. Of the forms that there are, each
    // has its own slot with this multiplier.
    private const uint Multiplier = 0xF9DE_3A77;
    private const int SlotBits = 8;

    private static readonly Slot[] Slots = FillSlots();

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
        uint first = 1u << (BlockBytes - length), text = (1u << BlockBytes) - first;
        uint dots = Vector128.Equals(values, Vector128.Create(Dot)).ExtractMostSignificantBits() & text;
        uint digits = Vector128.LessThanOrEqual(values, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        uint zeros = Vector128.Equals(values, Vector128<byte>.Zero).ExtractMostSignificantBits();
        uint form = dots | (first >> 1);
        ref readonly Slot slot = ref Slots[SlotOf(form)];
        // Not the dots of an address, something else than dots and digits, an octet with a leading zero.
        if (slot.Form != form || ((text & ~(dots | digits)) | ((form << 1) & zeros & (digits >> 1))) != 0) return false;
        Vector128<uint> octets = Vector128.ShuffleNative(values, slot.Places).AsUInt32();
        if (Vector128.GreaterThanAny(octets, Vector128.Create(MaxDigits))) return false;
        octets = (octets & Vector128.Create(0xFFu)) + (((octets >> 8) & Vector128.Create(0xFFu)) * 10) + ((octets >> 16) * 100);
        address = Vector128.ShuffleNative(octets.AsByte(), LastOctetFirst).AsUInt32().ToScalar();
        return true;
    }

    private static int SlotOf(uint form) => (int)((form * Multiplier) >> (32 - SlotBits));

    private static Slot[] FillSlots()
    {
        var slots = new Slot[1 << SlotBits];
        // The digits of the octets, two bits each; every octet has some.
        for (int lengths = 0; lengths < 256; lengths++)
        {
            if (((lengths | (lengths >> 1)) & 0x55) != 0x55) continue;
            var filled = new Slot(lengths);
            ref Slot slot = ref slots[SlotOf(filled.Form)];
            if (slot.Form != 0) throw new InvalidOperationException($"Two forms of addresses share the slot of {filled.Form:X4}.");
            slot = filled;
        }
        return slots;
    }

    private readonly struct Slot
    {
        // Where the digits of the octets are in a block: four bytes for each octet, its last digit first; there is no byte at 255.
        public readonly Vector128<byte> Places;

        // 0 where there is none.
        public readonly uint Form;

        // The number of digits of the last octet is in the lowest bits.
        public Slot(int lengths)
        {
            var places = new byte[BlockBytes];
            Array.Fill(places, byte.MaxValue);
            int end = BlockBytes - 1;
            for (int octet = 3; octet >= 0; octet--)
            {
                int length = (lengths >> (2 * (3 - octet))) & 3;
                for (int i = 0; i < length; i++) places[(4 * octet) + i] = (byte)end--;
                Form |= 1u << end--;
            }
            Places = Vector128.Create(places);
        }
    }
}
