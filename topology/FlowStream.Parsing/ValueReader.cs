using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>Reads the values of parameters: numbers, the forms of "no value", escapes and stray blanks.</summary>
internal static class ValueReader
{
    private const int MaxNumberDigits = 20;

    // The low five bits of the first bytes of all forms, as a set: n, u and i in both cases, 0 and the colon.
    private const uint FirstOfAbsent =
        (1u << ('n' & 31)) | (1u << ('u' & 31)) | (1u << ('i' & 31)) | (1u << ('0' & 31)) | (1u << (':' & 31));

    /// <summary>The value without blanks before and after it: releases before 2018 print <c>"No "</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextSlice Trim(ReadOnlySpan<byte> message, TextSlice value)
    {
        if (value.Length == 0 || (message[value.Offset] > ' ' && message[value.Offset + value.Length - 1] > ' ')) return value;
        return TrimSlowly(message, value);
    }

    /// <summary>True when <paramref name="value"/> is empty or one of the <paramref name="forms"/> of "no value".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAbsent(ReadOnlySpan<byte> value, AbsentForms forms)
    {
        if (value.IsEmpty) return true;
        // Most values end here, on one branch that is well predicted.
        if (((FirstOfAbsent >> value[0]) & 1) == 0 || forms == AbsentForms.Empty) return false;
        return IsForm(value, forms);
    }

    private static bool IsForm(ReadOnlySpan<byte> value, AbsentForms forms) => value.Length switch
    {
        2 => IsTwoBytes(value, forms),
        3 => (forms & AbsentForms.NotAvailable) != 0 && Is(value, "n/a"u8),
        4 => (forms & (AbsentForms.NoneWord | AbsentForms.UnspecifiedAddress)) != 0 && IsFourBytes(value, forms),
        5 => (forms & AbsentForms.NotAvailable) != 0 && Is(value, "na na"u8),
        7 => (forms & (AbsentForms.Unknown | AbsentForms.UnspecifiedAddress)) != 0 && IsSevenBytes(value, forms),
        9 => (forms & AbsentForms.UnspecifiedAddress) != 0 && value.SequenceEqual("0.0.0.0/0"u8),
        12 => (forms & AbsentForms.Inconclusive) != 0 && Is(value, "inconclusive"u8),
        _ => false,
    };

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

    private static bool IsTwoBytes(ReadOnlySpan<byte> value, AbsentForms forms) =>
        ((forms & AbsentForms.NotAvailable) != 0 && Is(value, "na"u8))
        || ((forms & AbsentForms.UnspecifiedAddress) != 0 && value.SequenceEqual("::"u8));

    private static bool IsFourBytes(ReadOnlySpan<byte> value, AbsentForms forms) =>
        ((forms & AbsentForms.NoneWord) != 0 && Is(value, "none"u8))
        || ((forms & AbsentForms.UnspecifiedAddress) != 0 && value.SequenceEqual("::/0"u8));

    private static bool IsSevenBytes(ReadOnlySpan<byte> value, AbsentForms forms) =>
        ((forms & AbsentForms.Unknown) != 0 && Is(value, "unknown"u8))
        || ((forms & AbsentForms.UnspecifiedAddress) != 0 && value.SequenceEqual("0.0.0.0"u8));

    private static bool Is(ReadOnlySpan<byte> value, ReadOnlySpan<byte> form) => Ascii.EqualsIgnoreCase(value, form);
}
