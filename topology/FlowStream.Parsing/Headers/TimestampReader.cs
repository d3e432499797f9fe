using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads the TIMESTAMP of RFC 5424 section 6.2.3, and what devices make of it: no zone, an hour of the zone without its leading zero, and
/// up to nine digits of the second's fraction (the RFC has six).
/// </summary>
internal static class TimestampReader
{
    /// <summary>Length of a date and time of day, without fraction and zone.</summary>
    public const int DateAndTimeBytes = 19;

    /// <summary>Longest timestamp: nine digits of a fraction and a zone.</summary>
    public const int MaxBytes = DateAndTimeBytes + 1 + MaxFractionDigits + 6;

    private const int MaxFractionDigits = 9;
    private const int MaxOffsetHours = 23;

    /// <summary>Reads the whole of <paramref name="text"/>.</summary>
    /// <returns>False when it is no timestamp.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out DeviceTime time)
    {
        time = default;
        return text.Length >= DateAndTimeBytes && HasSeparators(text) && TryReadNumbers(text, out time);
    }

    /// <summary>The same for a text of at least <see cref="DateAndTimeBytes"/>, whatever divides the parts of its date.</summary>
    public static bool TryReadNumbers(ReadOnlySpan<byte> text, out DeviceTime time)
    {
        time = default;
        if (text.Length < DateAndTimeBytes || text[13] != ':' || text[16] != ':') return false;
        if (!TryReadPairs(ref MemoryMarshal.GetReference(text), out ulong pairs)) return false;
        int year = ((int)(byte)pairs * 100) + (byte)(pairs >> 8), month = (byte)(pairs >> 16), day = (byte)(pairs >> 24);
        if (!CalendarDate.Exists(year, month, day)) return false;
        int position = DateAndTimeBytes, hour = (byte)(pairs >> 32), minute = (byte)(pairs >> 40), second = Digits.Two(text, 17);
        if (!TryReadClock(text, hour, minute, second, ref position, out int milliseconds)) return false;
        if (!TryReadOffset(text[position..], out short? offset)) return false;
        time = new DeviceTime((CalendarDate.DaysSinceEpoch(year, month, day) * CalendarDate.MillisecondsPerDay) + milliseconds, offset);
        return true;
    }

    /// <summary>True when a timestamp that was read lacks the leading zero of its zone: <c>+5:00</c>.</summary>
    public static bool HasShortOffset(ReadOnlySpan<byte> text) =>
        text.Length > DateAndTimeBytes + 4 && text[^5] is (byte)'+' or (byte)'-';

    /// <summary>Reads <c>hh:mm:ss</c> and a fraction where there is one, from the start of <paramref name="text"/>.</summary>
    /// <param name="text">At least eight bytes; what follows the time is not looked at.</param>
    /// <param name="length">Bytes read.</param>
    /// <param name="milliseconds">Since midnight; fractions of a millisecond are cut off.</param>
    public static bool TryReadTimeOfDay(ReadOnlySpan<byte> text, out int length, out int milliseconds)
    {
        const int Bytes = 8;
        length = Bytes;
        milliseconds = 0;
        if (text.Length < Bytes || text[2] != ':' || text[5] != ':') return false;
        int hour = Digits.Two(text, 0), minute = Digits.Two(text, 3), second = Digits.Two(text, 6);
        return TryReadClock(text, hour, minute, second, ref length, out milliseconds);
    }

    // The numbers of two digits up to the minute, a byte each: two for the year first. The second's digits are behind the block.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadPairs(ref byte text, out ulong pairs)
    {
        const byte None = byte.MaxValue;
        Vector128<byte> digits = Vector128.LoadUnsafe(ref text) - Vector128.Create((byte)'0');
        Vector128<byte> tens = Vector128.ShuffleNative(
            digits, Vector128.Create(0, 2, 5, 8, 11, 14, None, None, None, None, None, None, None, None, None, None));
        Vector128<byte> ones = Vector128.ShuffleNative(
            digits, Vector128.Create(1, 3, 6, 9, 12, 15, None, None, None, None, None, None, None, None, None, None));
        pairs = 0;
        if (Vector128.GreaterThanAny(Vector128.Max(tens, ones), Vector128.Create((byte)9))) return false;
        Vector128<byte> fives = tens + tens + tens + tens + tens;
        pairs = (fives + fives + ones).AsUInt64().ToScalar();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadClock(ReadOnlySpan<byte> text, int hour, int minute, int second, ref int position, out int milliseconds)
    {
        milliseconds = 0;
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59) return false;
        if (!TryReadFraction(text, ref position, out int fraction)) return false;
        milliseconds = (((((hour * 60) + minute) * 60) + second) * 1000) + fraction;
        return true;
    }

    private static bool HasSeparators(ReadOnlySpan<byte> text) => text[4] == '-' && text[7] == '-' && text[10] == 'T';

    private static bool TryReadFraction(ReadOnlySpan<byte> text, ref int position, out int milliseconds)
    {
        milliseconds = 0;
        if (position == text.Length || text[position] != '.') return true;
        position++;
        if (TryReadThreeDigits(text, position, out milliseconds))
        {
            position += 3;
            return true;
        }
        int digits = 0;
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
        {
            if (digits < 3) milliseconds = (milliseconds * 10) + text[position] - '0';
            digits++;
            position++;
        }
        for (int i = digits; i < 3; i++) milliseconds *= 10;
        return digits is > 0 and <= MaxFractionDigits;
    }

    // Three digits and a byte that is none, as most devices print it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadThreeDigits(ReadOnlySpan<byte> text, int position, out int number)
    {
        number = 0;
        if (text.Length - position < sizeof(uint)) return false;
        uint values = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), position)) ^ 0x3030_3030;
        // The highest bit of each byte says that it is no digit, see DecimalDigits.
        if ((((values + 0x7676_7676) | values) & 0x8080_8080) != 0x8000_0000) return false;
        number = (int)(((values & 0xFF) * 100) + (((values >> 8) & 0xFF) * 10) + ((values >> 16) & 0xFF));
        return true;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out short? offsetMinutes)
    {
        offsetMinutes = null;
        if (text.IsEmpty) return true;
        if (text.Length == 1 && text[0] == 'Z')
        {
            offsetMinutes = 0;
            return true;
        }
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        int hourDigits = text.Length - 4;
        if (hourDigits is < 1 or > 2 || text[^3] != ':') return false;
        int hours = hourDigits == 2 ? Digits.Two(text, 1) : char.IsAsciiDigit((char)text[1]) ? text[1] - '0' : -1;
        int minutes = Digits.Two(text, text.Length - 2);
        if ((uint)hours > MaxOffsetHours || (uint)minutes > 59) return false;
        int offset = (hours * 60) + minutes;
        offsetMinutes = (short)(text[0] == '-' ? -offset : offset);
        return true;
    }
}
