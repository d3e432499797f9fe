using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing;

/// <summary>
/// Reads decimal numbers of a message eight digits at a time, without a branch for each. The bytes before a number are loaded with it and
/// do not count, so that all lengths are read alike.
/// </summary>
internal static class DecimalDigits
{
    /// <summary>How many digits are read at once.</summary>
    public const int WordBytes = 8;

    // Each digit less this is its value.
    private const ulong Zeros = 0x3030_3030_3030_3030;

    private const ulong Eights = 0x8080_8080_8080_8080;

    // The longest number that is read here.
    private const int MaxDigits = 2 * WordBytes;

    /// <summary>Reads <paramref name="value"/>, a slice of <paramref name="message"/>.</summary>
    /// <returns>False when it is no number, or one that is too long or too near to the start of the message to be read here.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> message, TextSlice value, out ulong number)
    {
        if (TryReadWord(ref MemoryMarshal.GetReference(message), value, out number)) return true;
        // A local of its own, so that the number of a short text may be in a register.
        bool read = TryReadLong(message, value, out ulong longNumber);
        number = longNumber;
        return read;
    }

    /// <summary>The same for up to eight digits.</summary>
    /// <param name="message">The first byte of the message.</param>
    /// <param name="value">A slice of the message.</param>
    /// <param name="number">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadWord(ref byte message, TextSlice value, out ulong number)
    {
        number = 0;
        int start = value.Offset + value.Length - WordBytes;
        return start >= 0 && TryReadWord(ref Unsafe.Add(ref message, start), value.Length, out number);
    }

    /// <summary>Reads the last <paramref name="length"/> bytes of a word.</summary>
    /// <param name="word">The first of <see cref="WordBytes"/> bytes that may be read.</param>
    /// <param name="length">Length of the number.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when it is no number of up to <see cref="WordBytes"/> digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadWord(ref byte word, int length, out ulong number)
    {
        number = 0;
        if ((uint)(length - 1) >= WordBytes) return false;
        ulong digits = DigitsOf(ref word, 0, length);
        if (!AreDigits(digits)) return false;
        number = Number(digits);
        return true;
    }

    /// <summary>Reads the first <paramref name="length"/> bytes of a word.</summary>
    /// <param name="word">The first of <see cref="WordBytes"/> bytes that may be read.</param>
    /// <param name="length">Length of the number.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when it is no number of up to <see cref="WordBytes"/> digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadWordFrom(ref byte word, uint length, out ulong number)
    {
        number = 0;
        if (length - 1 >= WordBytes) return false;
        // The digits go to the end of the word, zeros come in front of them. A shift counts modulo 64.
        ulong digits = (Unsafe.ReadUnaligned<ulong>(ref word) ^ Zeros) << (-8 * (int)length);
        if (!AreDigits(digits)) return false;
        number = Number(digits);
        return true;
    }

    /// <summary>True when <paramref name="value"/>, a slice of <paramref name="message"/>, is digits, of any number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNumber(ReadOnlySpan<byte> message, TextSlice value)
    {
        int start = value.Offset + value.Length - WordBytes;
        return start < 0 || value.Length is 0 or > WordBytes
            ? SentenceText.IsNumber(message.Slice(value.Offset, value.Length))
            : AreDigits(DigitsOf(ref MemoryMarshal.GetReference(message), start, value.Length));
    }

    private static bool TryReadLong(ReadOnlySpan<byte> message, TextSlice value, out ulong number)
    {
        number = 0;
        int start = value.Offset + value.Length - MaxDigits;
        if (start < 0 || value.Length is <= WordBytes or > MaxDigits) return false;
        ref byte first = ref MemoryMarshal.GetReference(message);
        ulong high = DigitsOf(ref first, start, value.Length - WordBytes);
        ulong low = DigitsOf(ref first, start + WordBytes, WordBytes);
        if (!AreDigits(high) || !AreDigits(low)) return false;
        number = (Number(high) * 100_000_000) + Number(low);
        return true;
    }

    // The values of the last digits of eight bytes; those before them are 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DigitsOf(ref byte message, int start, int digits)
    {
        // A shift counts modulo 64.
        int foreign = -8 * digits;
        return (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref message, start)) ^ Zeros) >> foreign << foreign;
    }

    // Above 9 the sum reaches the highest bit; above 137, where it could reach the next byte, that bit is set beforehand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong values) => (((values + 0x7676_7676_7676_7676) | values) & Eights) == 0;

    // Neighbours are joined to numbers of two digits, these to numbers of four, these to one of eight.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Number(ulong values)
    {
        ulong pairs = ((values * 10) + (values >> 8)) & 0x00FF_00FF_00FF_00FF;
        ulong fours = ((pairs * 100) + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
        return ((fours * 10_000) + (fours >> 32)) & 0xFFFF_FFFF;
    }
}
