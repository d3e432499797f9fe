using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing;

/// <summary>Reads the values of parameters: numbers, the forms of "no value", escapes and stray blanks.</summary>
internal static class ValueReader
{
    private const int MaxNumberDigits = 20;

    /// <summary>The value without blanks before and after it: releases before 2018 print <c>"No "</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextSlice Trim(ReadOnlySpan<byte> message, TextSlice value)
    {
        if (value.Length == 0 || (message[value.Offset] > ' ' && message[value.Offset + value.Length - 1] > ' ')) return value;
        return TrimSlowly(message, value);
    }

    /// <summary>True when <paramref name="value"/> is empty or one of the <paramref name="forms"/> of "no value".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAbsent(ReadOnlySpan<byte> value, AbsentForms forms) => value.IsEmpty || AbsentTexts.Hold(value, forms);

    /// <summary>Reads an unsigned decimal number.</summary>
    /// <returns>False when <paramref name="value"/> is no number of 64 bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadNumber(ReadOnlySpan<byte> value, out ulong number)
    {
        number = 0;
        if (value.Length is 0 or >= MaxNumberDigits - 1) return TryReadLongNumber(value, out number);
        foreach (byte b in value)
        {
            uint digit = (uint)b - '0';
            if (digit > 9) return false;
            number = (number * 10) + digit;
        }
        return true;
    }

    /// <summary>Reads a number in hexadecimal after <c>0x</c>; a lone 0 is the same in any base.</summary>
    /// <returns>False when <paramref name="value"/> is no such number of 64 bits.</returns>
    public static bool TryReadHexadecimal(ReadOnlySpan<byte> value, out ulong number)
    {
        number = 0;
        if (value.Length == 1) return value[0] == '0';
        if (value.Length is < 3 or > 18 || value[0] != '0' || (value[1] | 0x20) != 'x') return false;
        foreach (byte b in value[2..])
        {
            int digit = char.IsAsciiHexDigit((char)b) ? (b & 0xF) + (b > '9' ? 9 : 0) : -1;
            if (digit < 0) return false;
            number = (number << 4) | (uint)digit;
        }
        return true;
    }

    /// <summary>
    /// Resolves the escapes of RFC 5424 section 6.3.3 in place: a backslash before a quote, a backslash or a closing bracket goes; any
    /// other backslash is part of the value (<c>corp\user</c>).
    /// </summary>
    /// <returns>The number of bytes that remain.</returns>
    public static int Unescape(Span<byte> value)
    {
        int written = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'"' or (byte)'\\' or (byte)']') i++;
            value[written++] = value[i];
        }
        return written;
    }

    private static TextSlice TrimSlowly(ReadOnlySpan<byte> message, TextSlice value)
    {
        ReadOnlySpan<byte> text = message.Slice(value.Offset, value.Length);
        int start = 0, end = text.Length;
        while (start < end && text[start] <= ' ') start++;
        while (end > start && text[end - 1] <= ' ') end--;
        return new TextSlice(value.Offset + start, end - start);
    }

    private static bool TryReadLongNumber(ReadOnlySpan<byte> value, out ulong number)
    {
        number = 0;
        return value.Length is > 0 and <= MaxNumberDigits && char.IsAsciiDigit((char)value[0])
            && Utf8Parser.TryParse(value, out number, out int consumed) && consumed == value.Length;
    }
}
