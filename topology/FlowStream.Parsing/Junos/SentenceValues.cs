using System.Globalization;
using System.Numerics;

namespace FlowStream.Parsing.Junos;

/// <summary>Puts the pieces of a sentence into the event. Values may be rewritten in place.</summary>
internal static class SentenceValues
{
    /// <summary>Puts <paramref name="pieces"/>, of which each is what <paramref name="elements"/> say.</summary>
    /// <param name="elements">What the pieces are.</param>
    /// <param name="optional">The optional elements that have a piece: one bit for each.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="into">The event.</param>
    public static Refusal Put(SentenceElement[] elements, uint optional, ReadOnlySpan<TextSlice> pieces, SessionEvent into)
    {
        int next = 0;
        for (int i = 0; i < elements.Length; i++)
        {
            ref readonly SentenceElement element = ref elements[i];
            if (element.Optional && (optional & (1u << i)) == 0) continue;
            Refusal refusal = Put(element, pieces[next++], into);
            if (!refusal.Accepted) return refusal;
        }
        return default;
    }

    private static Refusal Put(in SentenceElement element, TextSlice piece, SessionEvent into) => element.Part switch
    {
        SentencePart.Flow => PutFlow(element.Slots, piece, into),
        SentencePart.Tag => element.Slots[0].Put(ToDecimal(piece, into), into),
        SentencePart.Counts => PutPair(element.Slots, piece, into.Bytes(piece).IndexOf((byte)'('), into),
        SentencePart.Names => PutPair(element.Slots, piece, OpeningParenthesis(into.Bytes(piece)), into),
        SentencePart.Characteristics => element.Slots[0].Put(Unquoted(piece, into), into),
        _ => element.Slots[0].Put(piece, into),
    };

    private static Refusal PutFlow(SentenceSlot[] slots, TextSlice piece, SessionEvent into)
    {
        ReadOnlySpan<byte> text = into.Bytes(piece);
        int arrow = text.IndexOf("->"u8);
        int right = arrow + "->".Length;
        int left = arrow > 0 && text[arrow - 1] == '-' ? arrow - 1 : arrow;
        Refusal refusal = PutEndpoint(slots.AsSpan(0, 2), piece with { Length = left }, into);
        return refusal.Accepted ? PutEndpoint(slots.AsSpan(2, 2), Rest(piece, right), into) : refusal;
    }

    // Of an IPv6 address and its port only the port comes after a slash.
    private static Refusal PutEndpoint(ReadOnlySpan<SentenceSlot> slots, TextSlice piece, SessionEvent into)
    {
        int slash = into.Bytes(piece).LastIndexOf((byte)'/');
        if (slash < 0) return new Refusal(RefusalReason.MalformedSentence, piece.Offset);
        Refusal refusal = slots[0].Put(piece with { Length = slash }, into);
        return refusal.Accepted ? slots[1].Put(Rest(piece, slash + 1), into) : refusal;
    }

    // The value in parentheses ends with the piece.
    private static Refusal PutPair(SentenceSlot[] slots, TextSlice piece, int open, SessionEvent into)
    {
        if (open < 0) return new Refusal(RefusalReason.MalformedSentence, piece.Offset);
        Refusal refusal = slots[0].Put(piece with { Length = open }, into);
        TextSlice inner = Rest(piece, open + 1);
        return refusal.Accepted ? slots[1].Put(inner with { Length = inner.Length - 1 }, into) : refusal;
    }

    // The one that belongs to the parenthesis at the end: users and roles may have parentheses in their names.
    private static int OpeningParenthesis(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] == ')') depth++;
            else if (text[i] == '(' && --depth == 0) return i;
        }
        return -1;
    }

    // Structured messages print the same number in decimal digits, which are never more than the hexadecimal ones and "0x".
    private static TextSlice ToDecimal(TextSlice piece, SessionEvent into)
    {
        Span<byte> text = into.Bytes(piece);
        uint value = uint.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        value.TryFormat(text, out int digits, default, CultureInfo.InvariantCulture);
        return piece with { Length = digits };
    }

    private static TextSlice Unquoted(TextSlice piece, SessionEvent into)
    {
        ReadOnlySpan<byte> text = into.Bytes(piece);
        return text.Length > 1 && text[0] == '"' && text[^1] == '"' ? new TextSlice(piece.Offset + 1, piece.Length - 2) : piece;
    }

    private static TextSlice Rest(TextSlice piece, int from) => new(piece.Offset + from, piece.Length - from);
}
