namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads the fields of a standard (unstructured) message: each by its place in the sentence. See <see cref="SentenceTable"/> for the
/// sentences and <see cref="SentenceReader"/> for how their pieces are told apart.
/// </summary>
internal static class SentenceFields
{
    /// <summary>
    /// Reads the message called <paramref name="tag"/> whose sentence, or text before it, begins at <paramref name="position"/>.
    /// </summary>
    public static Refusal Read(SessionEvent into, TextSlice tag, int position)
    {
        if (SentenceTable.Find(into.Tag) is not { } grammar) return new Refusal(RefusalReason.MalformedSentence, position);
        into.KnownKeys = JunosExtras.Names;
        var words = new SentenceWords(into.Message, position, into.Words, keepEmpty: true);
        return QuickSentence.TryRead(into, words, grammar) ? default : ReadAny(into, tag, words, grammar);
    }

    /// <summary>Reads a sentence of any form, cut into <paramref name="words"/>.</summary>
    public static Refusal ReadAny(SessionEvent into, TextSlice tag, SentenceWords words, SentenceGrammar grammar)
    {
        bool prefixAllowed = SentencePrefix.IsAllowed(into.Bytes(tag));
        int position = words.Count == 0 ? into.Message.Length : into.Words[0].Offset;
        SentenceReader reader = Find(into, words, grammar, prefixAllowed, out int intro);
        if (reader.FaultAt is not { } fault) return Put(into, words, reader, grammar, intro);
        if (!words.HasEmpty) return new Refusal(RefusalReason.MalformedSentence, fault);
        // Not each run of blanks has an empty value in it: some are padding, of the device or of whoever wrapped the line.
        words = new SentenceWords(into.Message, position, into.Words, keepEmpty: false);
        reader = Find(into, words, grammar, prefixAllowed, out intro);
        if (reader.FaultAt is not null) return new Refusal(RefusalReason.MalformedSentence, fault);
        into.Repairs |= Repair.StrayBlanks;
        return Put(into, words, reader, grammar, intro);
    }

    private static SentenceReader Find(
        SessionEvent into, SentenceWords cut, SentenceGrammar grammar, bool prefixAllowed, out int intro)
    {
        Span<TextSlice> words = into.Words.AsSpan(0, cut.Count);
        intro = FindIntro(into.Message, words, grammar.Head.Intro, prefixAllowed);
        int start = intro < 0 ? 0 : intro + grammar.Head.Intro.Length;
        var reader = new SentenceReader(into.Message, words[start..], grammar, cut.EmptyLost);
        if (intro < 0) reader.Fail(0);
        else if (cut.IsFull) reader.Fail(cut.Count - start - 1);
        else reader.Read();
        return reader;
    }

    private static Refusal Put(SessionEvent into, SentenceWords cut, SentenceReader reader, SentenceGrammar grammar, int intro)
    {
        if (cut.IsWrapped) into.Repairs |= Repair.WrappedLines;
        if (cut.IsWrapped || cut.EmptyLost) Unwrap(into, reader.Head, reader.Tail, cut.EmptyLost);
        Refusal refusal = SentencePrefix.Put(into.Words.AsSpan(0, intro), into);
        if (refusal.Accepted) refusal = SentenceValues.Put(grammar.Head.Elements, reader.Optional, reader.Head, into);
        return refusal.Accepted ? SentenceValues.Put(reader.TailElements, 0, reader.Tail, into) : refusal;
    }

    // The place of the words that introduce the sentence, or -1.
    private static int FindIntro(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words, byte[][] intro, bool prefixAllowed)
    {
        for (int start = 0; start + intro.Length <= words.Length; start++)
        {
            int i = 0;
            while (i < intro.Length && message.Slice(words[start + i].Offset, words[start + i].Length).SequenceEqual(intro[i])) i++;
            if (i == intro.Length) return start;
            if (!prefixAllowed) break;
        }
        return -1;
    }

    // In a value of several words a line break, with the blanks beside it, stands for one blank; so do blanks that meet where they mean
    // nothing.
    private static void Unwrap(SessionEvent into, Span<TextSlice> head, Span<TextSlice> tail, bool blanksMeet)
    {
        foreach (ref TextSlice piece in head) piece = Unwrap(into, piece, blanksMeet);
        foreach (ref TextSlice piece in tail) piece = Unwrap(into, piece, blanksMeet);
    }

    private static TextSlice Unwrap(SessionEvent into, TextSlice piece, bool blanksMeet)
    {
        Span<byte> text = into.Bytes(piece);
        bool wrapped = text.IndexOfAnyInRange((byte)0, (byte)(' ' - 1)) >= 0;
        if (!wrapped && !(blanksMeet && text.IndexOf("  "u8) >= 0)) return piece;
        int written = 0;
        foreach (byte b in text)
        {
            if (b > ' ') text[written++] = b;
            else if (written > 0 && text[written - 1] != ' ') text[written++] = (byte)' ';
        }
        return piece with { Length = written };
    }
}
