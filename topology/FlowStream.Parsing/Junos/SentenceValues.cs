using System.Globalization;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>Puts the pieces of a sentence into the event. Values may be rewritten in place.</summary>
internal static class SentenceValues
{
    /// <summary>Puts <paramref name="pieces"/>, of which each is what <paramref name="elements"/> say.</summary>
    /// <param name="elements">What the pieces are.</param>
    /// <param name="optional">The optional elements that have a piece: one bit for each.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="into">The event.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Refusal Put(SentenceElement[] elements, uint optional, ReadOnlySpan<TextSlice> pieces, SessionEvent into)
    {
        int next = 0;
        for (int i = 0; i < elements.Length; i++)
        {
            ref readonly SentenceElement element = ref elements[i];
            if (element.Optional && (optional & (1u << i)) == 0) continue;
            TextSlice piece = pieces[next++];
            if (element.IsPlain)
            {
                RefusalReason reason = element.First.PutWord(piece, into);
                if (reason != RefusalReason.None) return element.First.Refusal(reason, piece);
                continue;
            }
            Refusal refusal = Put(element, piece, into);
            if (!refusal.Accepted) return refusal;
        }
        return default;
    }

    private static Refusal Put(in SentenceElement element, TextSlice piece, SessionEvent into) => element.Part switch
    {
        SentencePart.Flow => PutFlow(element.Slots, piece, into),
        SentencePart.Tag => element.First.Put(ToDecimal(piece, into), into),
        SentencePart.Counts => PutPair(element.Slots, piece, ByteMask.First(into.Message, piece, (byte)'('), into),
        SentencePart.Names => PutPair(element.Slots, piece, OpeningParenthesis(into.Bytes(piece)), into),
        SentencePart.Characteristics => element.First.Put(Unquoted(piece, into), into),
        _ => element.First.Put(piece, into),
    };

    private static Refusal PutFlow(SentenceSlot[] slots, TextSlice piece, SessionEvent into)
    {
        int arrow = SentenceText.Arrow(into.Message, piece);
        int left = arrow > 0 && into.Message[piece.Offset + arrow - 1] == '-' ? arrow - 1 : arrow;
        Refusal refusal = PutEndpoint(slots[0], slots[1], piece with { Length = left }, into);
        return refusal.Accepted ? PutEndpoint(slots[2], slots[3], Rest(piece, arrow + "->".Length), into) : refusal;
    }

    // Of an IPv6 address and its port only the port comes after a slash.
    private static Refusal PutEndpoint(in SentenceSlot address, in SentenceSlot port, TextSlice piece, SessionEvent into)
    {
        int slash = ByteMask.Last(into.Message, piece, (byte)'/');
        return slash < 0
            ? new Refusal(RefusalReason.MalformedSentence, piece.Offset)
            : PutTwo(address, piece with { Length = slash }, port, Rest(piece, slash + 1), into);
    }

    // The value in parentheses ends with the piece.
    private static Refusal PutPair(SentenceSlot[] slots, TextSlice piece, int open, SessionEvent into)
    {
        if (open < 0) return new Refusal(RefusalReason.MalformedSentence, piece.Offset);
        TextSlice inner = new(piece.Offset + open + 1, piece.Length - open - 2);
        return PutTwo(slots[0], ValueReader.Trim(into.Message, piece with { Length = open }),
            slots[1], ValueReader.Trim(into.Message, inner), into);
    }

    private static Refusal PutTwo(in SentenceSlot one, TextSlice first, in SentenceSlot other, TextSlice second, SessionEvent into)
    {
        RefusalReason reason = one.PutWord(first, into);
        if (reason != RefusalReason.None) return one.Refusal(reason, first);
        reason = other.PutWord(second, into);
        return reason == RefusalReason.None ? default : other.Refusal(reason, second);
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
        if (text.Length == 3 && char.IsAsciiDigit((char)text[2])) return Rest(piece, 2);
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
