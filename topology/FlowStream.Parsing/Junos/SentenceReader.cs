namespace FlowStream.Parsing.Junos;

/// <summary>
/// Finds the pieces of a sentence among its words, from left to right: first those that all releases print, then those that the words left
/// over must be. It looks at the words only; their values are read by <see cref="SentenceValues"/> once it is known what each is.
/// </summary>
internal ref struct SentenceReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly Span<TextSlice> _words;
    private readonly SentenceGrammar _grammar;
    private readonly bool _emptyLost;
    private int _at;
    private int _pieces;
    private bool _hasApplicationPhrase;

    /// <summary>Starts behind the words that introduce the sentence.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="words">The words behind the introduction; words of one piece are joined in place.</param>
    /// <param name="grammar">The forms of the message.</param>
    /// <param name="emptyLost">
    /// True when empty words were left out: then nothing tells where a name of several words begins, and none is read.
    /// </param>
    public SentenceReader(ReadOnlySpan<byte> message, Span<TextSlice> words, SentenceGrammar grammar, bool emptyLost)
    {
        _emptyLost = emptyLost;
        _message = message;
        _words = words;
        _grammar = grammar;
    }

    /// <summary>The pieces of the head, without the optional ones that are not there.</summary>
    public readonly Span<TextSlice> Head => _words[.._pieces];

    /// <summary>The optional pieces of the head that are there: one bit for each element.</summary>
    public uint Optional { get; private set; }

    /// <summary>The pieces after the head.</summary>
    public Span<TextSlice> Tail { get; private set; }

    /// <summary>What each of <see cref="Tail"/> is.</summary>
    public SentenceElement[] TailElements { get; private set; } = [];

    /// <summary>
    /// Where the words are not those of any release, or may be those of several: an offset in the message. Null when all pieces were found.
    /// </summary>
    public int? FaultAt { get; private set; }

    /// <summary>Finds all pieces, or where it goes wrong.</summary>
    public void Read()
    {
        if (TryReadHead()) TryReadTail();
    }

    /// <summary>The forms of the pieces after the head, all words being those, or null when it is none or may be several.</summary>
    public SentenceElement[]? ChooseTail(bool plainHead)
    {
        Tail = _words;
        Optional = plainHead ? 0u : 1u;
        return TryChooseTail() ? TailElements : null;
    }

    /// <summary>
    /// How many of <paramref name="words"/> are the reason of a refusal: it ends before the session id, or with the message.
    /// </summary>
    public static int ReasonWords(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words)
    {
        int count = 1;
        while (count < words.Length && !IsLike(message, words[count], SentencePart.Number)) count++;
        return count;
    }

    /// <summary>How many of <paramref name="words"/> are a host name: "NA NA" is none.</summary>
    public static int HostWords(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words) =>
        words.Length > 1 && IsText(message, words[0], "NA"u8) && IsText(message, words[1], "NA"u8) ? 2 : 1;

    /// <summary>
    /// How many words from <paramref name="index"/> on are a type of a NAT rule: two of "source rule", "static rule" and the like, or one
    /// that says that there is none; 0 for anything else.
    /// </summary>
    public static int RuleTypeWords(ReadOnlySpan<byte> message, ReadOnlySpan<TextSlice> words, int index)
    {
        if (index + 1 >= words.Length) return 0;
        if (IsText(message, words[index + 1], "rule"u8)) return 2;
        return SentenceText.IsAbsent(message.Slice(words[index].Offset, words[index].Length)) ? 1 : 0;
    }

    /// <summary>Says that it went wrong at a word, or at the end of the message when there is no such word.</summary>
    public void Fail(int word) => FailAt(word < _words.Length ? _words[word].Offset : _message.Length);

    private bool TryReadHead()
    {
        SentenceElement[] elements = _grammar.Head.Elements;
        bool? typed = null;
        for (int i = 0; i < elements.Length; i++)
        {
            SentencePart part = elements[i].Part;
            int length = 1;
            switch (part)
            {
                case SentencePart.ReasonOfClose:
                    if (!TryTakeReason()) return false;
                    continue;
                case SentencePart.Tag when !IsNext(SentencePart.Tag):
                    continue;
                case SentencePart.RuleType:
                    typed ??= AreRulesTyped();
                    if (typed is null) return FailAtNext();
                    if (typed == false) continue;
                    length = RuleTypeWords(_at);
                    break;
                case SentencePart.Word when _at < _words.Length:
                    break;
                default:
                    if (!IsNext(part)) return FailAtNext();
                    break;
            }
            if (elements[i].Optional) Optional |= 1u << i;
            Take(length);
        }
        Tail = _words[_at..];
        return true;
    }

    private static bool IsLike(ReadOnlySpan<byte> message, TextSlice word, SentencePart part) =>
        SentenceText.Fit(part, message, word) != SentenceFit.No;

    private static bool IsText(ReadOnlySpan<byte> message, TextSlice word, ReadOnlySpan<byte> text) =>
        message.Slice(word.Offset, word.Length).SequenceEqual(text);

    private readonly ReadOnlySpan<byte> Text(TextSlice word) => _message.Slice(word.Offset, word.Length);

    private readonly bool IsWord(int index, SentencePart part) => index < _words.Length && IsLike(_message, _words[index], part);

    private readonly bool IsNext(SentencePart part) => IsWord(_at, part);

    private bool FailAtNext()
    {
        Fail(_at);
        return false;
    }

    private bool FailAt(int position)
    {
        FaultAt = position;
        return false;
    }

    private void Take(int words)
    {
        _words[_pieces++] = words == 1 ? _words[_at] : Joined(_words.Slice(_at, words));
        _at += words;
    }

    private static TextSlice Joined(ReadOnlySpan<TextSlice> words) =>
        new(words[0].Offset, words[^1].Offset + words[^1].Length - words[0].Offset);

    // The reason ends at the colon before the flow; it may hold colons itself.
    private bool TryTakeReason()
    {
        for (int i = _at; i < _words.Length; i++)
        {
            if (!Text(_words[i]).EndsWith(":"u8) || !IsWord(i + 1, SentencePart.Flow)) continue;
            TextSlice reason = Joined(_words[_at..(i + 1)]);
            _words[_pieces++] = reason with { Length = reason.Length - 1 };
            _at = i + 1;
            return true;
        }
        return FailAtNext();
    }

    // Protocol and session id, and in a close the counts, stand at the same distance behind the rules in all releases: that tells how many
    // words come before them. Null when both readings, or none, come out.
    private readonly bool? AreRulesTyped()
    {
        bool plain = IsProtocolAt(_at + 2);
        int first = RuleTypeWords(_at);
        int second = first == 0 ? 0 : RuleTypeWords(_at + first + 1);
        bool typed = second != 0 && IsProtocolAt(_at + first + second + 2);
        return plain == typed ? null : typed;
    }

    private readonly bool IsProtocolAt(int index) =>
        IsWord(index, SentencePart.Number) && IsWord(index + 4, SentencePart.Number)
        && (!_grammar.HasCounts || (IsWord(index + 5, SentencePart.Counts) && IsWord(index + 6, SentencePart.Counts)));

    private readonly int RuleTypeWords(int index) => RuleTypeWords(_message, _words, index);

    private bool TryReadTail()
    {
        if (_grammar.HoldsPhrases) JoinPhrases();
        foreach ((int index, int minCount) in _grammar.LongParts)
        {
            if (Tail.Length < minCount) continue;
            int words = LongWords(_grammar.Longest[index].Part, index);
            if (words == 0) return FailAt(Tail[index].Offset);
            JoinTail(index, words);
        }
        return TryChooseTail();
    }

    // The documented values of two words: users that are not known by name, applications that the operator defined.
    private void JoinPhrases()
    {
        for (int i = 0; i + 1 < Tail.Length; i++)
        {
            ReadOnlySpan<byte> phrase = i == 0 ? "unauthenticated user"u8 : "custom application"u8;
            if (!Text(Joined(Tail.Slice(i, 2))).SequenceEqual(phrase)) continue;
            JoinTail(i, 2);
            _hasApplicationPhrase |= i > 0;
        }
    }

    private void JoinTail(int index, int words)
    {
        if (words == 1) return;
        Tail[index] = Joined(Tail.Slice(index, words));
        Tail[(index + words)..].CopyTo(Tail[(index + 1)..]);
        Tail = Tail[..(Tail.Length - words + 1)];
    }

    private readonly int LongWords(SentencePart part, int index) => part switch
    {
        SentencePart.Names => NamesWords(index),
        SentencePart.ReasonOfDeny => ReasonWords(_message, Tail[index..]),
        SentencePart.Characteristics => SentenceCharacteristics.Words(_message, Tail[index..]),
        _ => HostWords(_message, Tail[index..]),
    };

    // User and roles end with a parenthesis, and an interface, which has none, follows. Where that holds for several words, it is the one
    // with Yes or No at its place behind it, or with nothing behind the interface.
    private readonly int NamesWords(int index)
    {
        int found = 0, strict = 0, candidates = 0, strictCandidates = 0;
        ReadOnlySpan<TextSlice> tail = Tail;
        for (int i = index; i < tail.Length; i++)
        {
            TextSlice word = tail[i];
            if (word.Length == 0 || _message[word.Offset + word.Length - 1] != ')') continue;
            if (i + 1 < tail.Length && Text(tail[i + 1]).ContainsAny((byte)'(', (byte)')')) continue;
            found = i + 1 - index;
            candidates++;
            int encrypted = i + _grammar.EncryptedAfterNames;
            if (encrypted < tail.Length ? !IsLike(_message, tail[encrypted], SentencePart.YesNo) : i + 2 < tail.Length) continue;
            strict = found;
            strictCandidates++;
        }
        int words = candidates == 1 ? found : strictCandidates == 1 ? strict : 0;
        return _emptyLost && words > 1 ? 0 : words;
    }

    private bool TryChooseTail()
    {
        SentenceElement[]? chosen = null;
        bool certain = false, ambiguous = false;
        int fault = Math.Min(Tail.Length, _grammar.Longest.Length);
        foreach (SentenceElement[] candidate in _grammar.Tails(Tail.Length, Optional == 0))
        {
            SentenceFit fit = Fit(candidate, out int at);
            if (fit == SentenceFit.No) fault = at;
            else if (fit == SentenceFit.Certain && !certain) (chosen, certain, ambiguous) = (candidate, true, false);
            else if (chosen is null) chosen = candidate;
            else if (fit == SentenceFit.Certain || !certain) ambiguous |= !MeansTheSame(chosen, candidate, out fault);
        }
        if (chosen is null || ambiguous) return FailAt(fault < Tail.Length ? Tail[fault].Offset : _message.Length);
        TailElements = chosen;
        return true;
    }

    private readonly SentenceFit Fit(SentenceElement[] elements, out int fault)
    {
        var best = SentenceFit.Possible;
        ReadOnlySpan<TextSlice> tail = Tail;
        for (fault = 0; fault < elements.Length; fault++)
        {
            SentencePart part = elements[fault].Part;
            if (part == SentencePart.Word)
            {
                // Of the words only the first, the user, may be a phrase.
                if (_hasApplicationPhrase && fault > 0 && Text(tail[fault]).Contains((byte)' ')) return SentenceFit.No;
                continue;
            }
            SentenceFit fit = SentenceText.Fit(part, _message, tail[fault]);
            if (fit == SentenceFit.No) return fit;
            if (fit == SentenceFit.Certain) best = fit;
        }
        return best;
    }

    // Two readings are one when they differ only in what has no value.
    private readonly bool MeansTheSame(SentenceElement[] one, SentenceElement[] other, out int difference)
    {
        for (difference = 0; difference < one.Length; difference++)
        {
            if (!one[difference].SameAs(other[difference]) && !SentenceText.IsAbsent(Text(Tail[difference]))) return false;
        }
        return true;
    }
}
