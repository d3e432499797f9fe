using System.Buffers;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads one parameter that is not printed as RFC 5424 section 6.3.3 has it, in the ways that documents, editors, relays and some
/// releases damage it: other blanks or none between two parameters, typographic quotes, a quote too many, a quote missing on one side.
/// </summary>
internal static class DamagedParameter
{
    /// <summary>PARAM-NAME, RFC 5424 section 6.3.3: printable US-ASCII except '=', ']' and '"'.</summary>
    public static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        [.. Enumerable.Range(33, 94).Select(i => (byte)i).Except("=]\""u8.ToArray())]);

    // Twice the longest name known: what looks for a name looks no further, so that no message takes more than linear time.
    private const int MaxNameBytes = 64;

    private static readonly SearchValues<byte> QuoteStarts = SearchValues.Create([(byte)'"', (byte)'\\', QuoteMark.TypographicStart]);

    /// <summary>Reads the next parameter.</summary>
    /// <param name="message">The message.</param>
    /// <param name="first">True for the first parameter of an element: it need not be separated from what stands before it.</param>
    /// <param name="position">
    /// Behind what was read before, for a first parameter on its last byte; left behind this parameter, at the closing bracket, or at the
    /// fault.
    /// </param>
    /// <param name="repairs">What is wrong is added.</param>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value, escapes not yet resolved, blanks around it not yet removed.</param>
    public static ParameterOutcome Read(
        ReadOnlySpan<byte> message, bool first, ref int position, ref Repair repairs, out TextSlice key, out TextSlice value)
    {
        key = value = default;
        if (first && position < message.Length && !IsBlank(message[position]) && message[position] != ']') position++;
        int start = SkipBlanks(message, position, ref repairs);
        bool glued = start == position && !first;
        int stray = QuoteMark.Length(message, start);
        if (stray > 0) repairs |= Repair.StrayQuote;
        position = start + stray;
        if (position >= message.Length) return ParameterOutcome.EndOfMessage;
        if (message[position] == ']') return ParameterOutcome.EndOfElement;
        int length = message[position..].IndexOfAnyExcept(NameBytes);
        if (length < 0) return ParameterOutcome.EndOfMessage;
        if (length == 0 || message[position + length] != '=') return ParameterOutcome.Malformed;
        if (glued) repairs |= Repair.ParameterSeparator;
        key = new TextSlice(position, length);
        return ReadValue(message, ref position, ref repairs, position + length + 1, out value);
    }

    /// <summary>
    /// How much of the text before the first <c>=</c> of an element is an SD-ID that no blank separates from the name of the parameter:
    /// <c>junos@2636.1.1.1.2.129source-address</c>, or with a no-break space (U+00A0) between them. 0 when all of it is a name.
    /// </summary>
    public static int GluedIdLength(ReadOnlySpan<byte> text)
    {
        int space = text.IndexOf("\u00A0"u8);
        if (space >= 0) return space + 2;
        int end = text.IndexOf((byte)'@');
        if (end < 0) return 0;
        while (end < text.Length && !char.IsAsciiDigit((char)text[end])) end++;
        while (end < text.Length && (char.IsAsciiDigit((char)text[end]) || text[end] == '.')) end++;
        return end < text.Length ? end : 0;
    }

    private static ParameterOutcome ReadValue(
        ReadOnlySpan<byte> message, ref int position, ref Repair repairs, int quote, out TextSlice value)
    {
        int opening = QuoteMark.Length(message, quote);
        if (opening > 1) repairs |= Repair.TypographicQuotes;
        int start = quote + opening;
        value = default;
        for (int i = start; i < message.Length; i++)
        {
            int offset = message[i..].IndexOfAny(QuoteStarts);
            if (offset < 0) break;
            i += offset;
            int closing = QuoteMark.Length(message, i);
            if (message[i] == '\\') i++;
            if (closing == 0) continue;
            bool closes = Closes(message, i + closing, mixed: opening == 1 && closing > 1);
            int blank = closes ? -1 : EndBeforeNextName(message, start, i);
            if (!closes && blank < 0)
            {
                if (closing == 1) repairs |= Repair.StrayQuote;
                i += closing - 1;
                continue;
            }
            if (opening == 0 && !closes) return ParameterOutcome.Malformed;
            if (opening == 0 || !closes) repairs |= Repair.StrayQuote;
            if (closes && closing > 1) repairs |= Repair.TypographicQuotes;
            value = new TextSlice(start, (closes ? i : blank) - start);
            position = closes ? i + closing : blank;
            return ParameterOutcome.Parameter;
        }
        return opening == 0 && message[quote..].Contains((byte)']') ? ParameterOutcome.Malformed : ParameterOutcome.EndOfMessage;
    }

    // A typographic quote between plain ones is part of the text, unless what follows can only be another parameter.
    private static bool Closes(ReadOnlySpan<byte> message, int after, bool mixed)
    {
        if (after >= message.Length || message[after] == ']') return true;
        Repair ignored = Repair.None;
        int next = SkipBlanks(message, after, ref ignored);
        if (next > after && !mixed) return true;
        return next >= message.Length || message[next] == ']' || StartsParameter(message, next);
    }

    private static bool StartsParameter(ReadOnlySpan<byte> message, int position)
    {
        ReadOnlySpan<byte> rest = message[position..];
        int length = rest[..Math.Min(rest.Length, MaxNameBytes)].IndexOfAnyExcept(NameBytes);
        return length > 0 && rest[length] == '=' && QuoteMark.Length(message, position + length + 1) > 0;
    }

    // The quote that opens the next value, ' name="', says that the closing one of this value is missing: where the value ends, or -1.
    private static int EndBeforeNextName(ReadOnlySpan<byte> message, int start, int quote)
    {
        if (quote - start < 3 || message[quote - 1] != '=') return -1;
        int nearest = Math.Max(start, quote - MaxNameBytes);
        ReadOnlySpan<byte> before = message[nearest..(quote - 1)];
        int end = before.LastIndexOfAnyExcept(NameBytes);
        return end >= 0 && end < before.Length - 1 && IsBlank(before[end]) ? nearest + end : -1;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static int SkipBlanks(ReadOnlySpan<byte> message, int position, ref Repair repairs)
    {
        while (position < message.Length)
        {
            if (message[position] == 0xC2 && message[position..].StartsWith("\u00A0"u8)) position++;
            else if (!IsBlank(message[position])) return position;
            else if (message[position] == '\n') repairs |= Repair.WrappedLines;
            position++;
        }
        return position;
    }
}
