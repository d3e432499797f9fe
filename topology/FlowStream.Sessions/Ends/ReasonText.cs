namespace FlowStream.Sessions;

/// <summary>
/// Folds the text of an end reason to what its releases and vendors print alike: lower case; blanks, hyphens and dashes as one blank; no
/// trailing <c>N/A</c>, which some Junos releases put after the reason.
/// </summary>
internal static class ReasonText
{
    /// <summary>Longest text that is looked up, in bytes: twice the longest listed. A longer one is not listed.</summary>
    public const int MaxBytes = 96;

    // What a byte may begin where it is no byte of text by itself.
    private const byte LongSeparator = 0;

    // For each byte what it folds to: a blank for every separator of one byte.
    private static readonly byte[] Folded = [.. Enumerable.Range(0, 256).Select(b => FoldedByte((byte)b))];

    private static ReadOnlySpan<byte> NotAvailable => " n/a"u8;

    /// <summary>Folds <paramref name="raw"/> to the start of <paramref name="folded"/>.</summary>
    /// <param name="raw">At most <see cref="MaxBytes"/> long.</param>
    /// <param name="folded">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Fold(ReadOnlySpan<byte> raw, Span<byte> folded)
    {
        byte[] map = Folded;
        int length = 0;
        bool pending = false;
        for (int i = 0; i < raw.Length; i++)
        {
            byte b = map[raw[i]];
            if (b == LongSeparator)
            {
                int separator = SeparatorBytes(raw[i..]);
                b = separator == 0 ? raw[i] : (byte)' ';
                i += Math.Max(1, separator) - 1;
            }
            if (b == ' ')
            {
                pending = length > 0;
                continue;
            }
            if (pending) folded[length++] = (byte)' ';
            pending = false;
            folded[length++] = b;
        }
        return folded[..length].EndsWith(NotAvailable) ? length - NotAvailable.Length : length;
    }

    private static byte FoldedByte(byte b) => b switch
    {
        <= (byte)' ' or (byte)'-' => (byte)' ',
        >= (byte)'A' and <= (byte)'Z' => (byte)(b | 0x20),
        0xC2 or 0xE2 => LongSeparator,
        _ => b,
    };

    // Of UTF-8 only what documents and terminals put in place of a blank or hyphen: U+00A0, the dashes U+2010 to U+2015, U+2212.
    private static int SeparatorBytes(ReadOnlySpan<byte> text) => text[0] switch
    {
        0xC2 when text.Length > 1 && text[1] == 0xA0 => 2,
        0xE2 when text.Length > 2 && text[1] == 0x80 && text[2] is >= 0x90 and <= 0x95 => 3,
        0xE2 when text.Length > 2 && text[1] == 0x88 && text[2] == 0x92 => 3,
        _ => 0,
    };
}
