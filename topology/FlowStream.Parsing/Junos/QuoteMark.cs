namespace FlowStream.Parsing.Junos;

/// <summary>Quotes as they are printed, and as documents and editors print them.</summary>
internal static class QuoteMark
{
    /// <summary>The first byte of a typographic quote.</summary>
    public const byte TypographicStart = 0xE2;

    /// <summary>True when <paramref name="text"/> holds a typographic quote.</summary>
    public static bool HasTypographic(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("\u2018"u8[..2]) is >= 0 and int start)
        {
            if (Length(text, start) > 0) return true;
            text = text[(start + 2)..];
        }
        return false;
    }

    /// <summary>
    /// Number of bytes of the quote at <paramref name="position"/>: 1 for <c>"</c>, 3 for a typographic one (U+2018 to U+201F in UTF-8),
    /// 0 when there is none.
    /// </summary>
    public static int Length(ReadOnlySpan<byte> message, int position)
    {
        if ((uint)position >= (uint)message.Length) return 0;
        if (message[position] == '"') return 1;
        return message.Length - position >= 3 && message[position] == TypographicStart && message[position + 1] == 0x80
            && message[position + 2] is >= 0x98 and <= 0x9F ? 3 : 0;
    }
}
