using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Removes what stands around a value inside its quotes: blanks (releases before 2018 print <c>"No "</c>), no-break spaces, and
/// typographic quotes that a document left there.
/// </summary>
internal static class ParameterTrimming
{
    /// <summary>The value without them.</summary>
    /// <param name="message">The message.</param>
    /// <param name="value">The value between its quotes.</param>
    /// <param name="repairs">What was wrong is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TextSlice Trim(ReadOnlySpan<byte> message, TextSlice value, ref Repair repairs)
    {
        if (value.Length == 0 || (IsPlain(message[value.Offset]) && IsPlain(message[value.Offset + value.Length - 1]))) return value;
        return TrimSlowly(message, value, ref repairs);
    }

    /// <summary>True for a byte that is not removed at either end of a value.</summary>
    public static bool IsPlain(byte b) => (uint)(b - 0x21) <= 0x7E - 0x21;

    private static TextSlice TrimSlowly(ReadOnlySpan<byte> message, TextSlice value, ref Repair repairs)
    {
        ReadOnlySpan<byte> text = message.Slice(value.Offset, value.Length);
        int start = 0;
        while (Leading(text[start..], ref repairs) is > 0 and int length) start += length;
        int end = text.Length;
        while (Trailing(text[start..end], ref repairs) is > 0 and int length) end -= length;
        return new TextSlice(value.Offset + start, end - start);
    }

    private static int Leading(ReadOnlySpan<byte> text, ref Repair repairs)
    {
        if (text.IsEmpty) return 0;
        if (text[0] <= ' ') return Found(1, Repair.StrayBlanks, ref repairs);
        if (text.StartsWith("\u00A0"u8)) return Found(2, Repair.StrayBlanks, ref repairs);
        return QuoteMark.Length(text, 0) == 3 ? Found(3, Repair.StrayQuote, ref repairs) : 0;
    }

    private static int Trailing(ReadOnlySpan<byte> text, ref Repair repairs)
    {
        if (text.IsEmpty) return 0;
        if (text[^1] <= ' ') return Found(1, Repair.StrayBlanks, ref repairs);
        if (text.EndsWith("\u00A0"u8)) return Found(2, Repair.StrayBlanks, ref repairs);
        return text.Length >= 3 && QuoteMark.Length(text, text.Length - 3) == 3 ? Found(3, Repair.StrayQuote, ref repairs) : 0;
    }

    private static int Found(int length, Repair repair, ref Repair repairs)
    {
        repairs |= repair;
        return length;
    }
}
