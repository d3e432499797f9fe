using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads a sentence as devices print nearly all of them, each word once: what it is, whether it may be that, and its value. It takes only
/// what <see cref="SentenceReader"/> and <see cref="SentenceValues"/> read the same way; on anything else it gives up.
/// </summary>
internal ref struct QuickSentence
{
    private readonly SessionEvent _into;
    private readonly ReadOnlySpan<byte> _message;
    private readonly Span<TextSlice> _words;
    private readonly SentenceGrammar _grammar;
    private int _at;
    private bool _plainHead = true;
    private bool? _typed;
    private int _reasonWords = 1;
    private int _characteristicsWords = 1;
    private int _hostWords = 1;

    private QuickSentence(SessionEvent into, Span<TextSlice> words, SentenceGrammar grammar)
    {
        _into = into;
        _message = into.Message;
        _words = words;
        _grammar = grammar;
    }

    /// <summary>Reads the sentence of <paramref name="cut"/> into the event.</summary>
    /// <returns>False when it is not one of the usual ones; then the event holds no field.</returns>
    public static bool TryRead(SessionEvent into, in SentenceWords cut, SentenceGrammar grammar)
    {
        if (!cut.IsRegular) return false;
        var sentence = new QuickSentence(into, into.Words.AsSpan(0, cut.Count), grammar);
        if (sentence.TryReadHead() && sentence.TryReadTail()) return true;
        into.Forget();
        return false;
    }

    private bool TryReadHead()
    {
        SentenceTemplate head = _grammar.Head;
        _at = head.Intro.Length;
        return _words.Length > _at && _message[_words[0].Offset..].StartsWith(head.IntroText) && TryRead(head.Elements);
    }

    private bool TryReadTail()
    {
        if (_grammar.HoldsPhrases && MayHoldPhrase()) return false;
        int pieces = _words.Length - _at;
        foreach ((int index, int minCount) in _grammar.LongParts)
        {
            if (pieces < minCount) continue;
            int words = LongWords(_grammar.Longest[index].Part, index + _words.Length - pieces);
            if (words == 0) return false;
            pieces -= words - 1;
        }
        ReadOnlySpan<SentenceElement[]> tails = _grammar.Tails(pieces, _plainHead);
        SentenceElement[]? tail = tails.Length == 1 ? tails[0] : tails.IsEmpty ? null : Choose(tails);
        return tail is not null && TryRead(tail) && _at == _words.Length;
    }

    // Words that may be the first of two that are one value.
    private readonly bool MayHoldPhrase()
    {
        foreach (TextSlice word in _words[_at..])
        {
            if (word.Length is 6 or 15 && _message[word.Offset] is (byte)'c' or (byte)'u') return true;
        }
        return false;
    }

    private int LongWords(SentencePart part, int index) => part switch
    {
        SentencePart.Names => 1,
        SentencePart.ReasonOfDeny => _reasonWords = SentenceReader.ReasonWords(_message, _words[index..]),
        SentencePart.Characteristics => _characteristicsWords = SentenceCharacteristics.Words(_message, _words[index..]),
        _ => _hostWords = SentenceReader.HostWords(_message, _words[index..]),
    };

    // Of releases that print as many pieces, the one that has a text of its own; without one, all have to be compared.
    private readonly SentenceElement[]? Choose(ReadOnlySpan<SentenceElement[]> tails)
    {
        ReadOnlySpan<TextSlice> words = _words[_at..];
        if (words.Length != tails[0].Length) return null;
        SentenceElement[]? chosen = null;
        foreach (SentenceElement[] tail in tails)
        {
            if (!HoldsOwnText(tail, words)) continue;
            if (chosen is not null) return null;
            chosen = tail;
        }
        return chosen ?? new SentenceReader(_message, _words[_at..], _grammar, false).ChooseTail(_plainHead);
    }

    private readonly bool HoldsOwnText(SentenceElement[] tail, ReadOnlySpan<TextSlice> words)
    {
        for (int i = 0; i < tail.Length; i++)
        {
            SentencePart part = tail[i].Part;
            if (part is not (SentencePart.Category or SentencePart.ApbrRuleType)) continue;
            if (SentenceText.Fit(part, _message, words[i]) == SentenceFit.Certain) return true;
        }
        return false;
    }

    private bool TryRead(SentenceElement[] elements)
    {
        // What the loop changes is kept in locals: a reference to it would keep it in memory.
        SessionEvent into = _into;
        ReadOnlySpan<TextSlice> words = _words;
        int at = _at;
        foreach (ref readonly SentenceElement element in elements.AsSpan())
        {
            if ((uint)at >= (uint)words.Length) return false;
            TextSlice word = words[at];
            switch (element.Part)
            {
                case SentencePart.Word or SentencePart.Category:
                    element.First.PutText(word, into);
                    break;
                case SentencePart.Number:
                    if (!element.First.TryPutDigits(word, into)) return false;
                    break;
                case SentencePart.Flow:
                    if (!TryReadFlow(element.Slots, word, into)) return false;
                    break;
                case SentencePart.Counts:
                    if (!TryReadCounts(element.Slots, word, into)) return false;
                    break;
                default:
                    _at = at;
                    if (!TryReadOther(element, word)) return false;
                    at = _at;
                    continue;
            }
            at++;
        }
        _at = at;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadOther(in SentenceElement element, TextSlice word)
    {
        switch (element.Part)
        {
            case SentencePart.Interface:
                return IsInterface(word) && TryTake(element.First, 1);
            case SentencePart.Tag:
                return TryReadTag(element.First, word);
            case SentencePart.RuleType:
                return TryReadRuleType(element.First);
            case SentencePart.Names:
                return TryReadNames(element.Slots, word);
            case SentencePart.ReasonOfClose:
                return TryReadReason(element.First);
            case SentencePart.ReasonOfDeny:
                return TryTake(element.First, _reasonWords);
            case SentencePart.Characteristics:
                return _message[word.Offset] != '"' && TryTake(element.First, _characteristicsWords);
            case SentencePart.HostName:
                return TryTake(element.First, _hostWords);
            default:
                return SentenceText.Fit(element.Part, _message, word) != SentenceFit.No && TryTake(element.First, 1);
        }
    }

    private bool TryTake(in SentenceSlot slot, int words)
    {
        int start = _words[_at].Offset;
        _at += words;
        TextSlice last = _words[_at - 1];
        slot.PutText(new TextSlice(start, last.Offset + last.Length - start), _into);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadFlow(SentenceSlot[] slots, TextSlice word, SessionEvent into)
    {
        if (word.Length > ByteMask.BlockBytes) return false;
        ref byte text = ref Unsafe.Add(ref into.FirstByte, word.Offset);
        ulong inside = ulong.MaxValue >> (ByteMask.BlockBytes - word.Length);
        ulong slashes = ByteMask.Find(ref text, (byte)'/') & inside, heads = ByteMask.Find(ref text, (byte)'>') & inside;
        int head = BitOperations.TrailingZeroCount(heads), start = word.Offset;
        if (heads == 0 || head < 2 || Unsafe.Add(ref text, head - 1) != '-' || Unsafe.Add(ref text, head - 2) == '-') return false;
        ulong before = slashes & ((1UL << head) - 1);
        int left = BitOperations.Log2(before), right = BitOperations.Log2(slashes);
        return before != 0 && right > head && slots.Length == 4
            && slots[0].TryPutAddress(new TextSlice(start, left), into)
            && slots[1].TryPutNumber(new TextSlice(start + left + 1, head - left - 2), into)
            && slots[2].TryPutAddress(new TextSlice(start + head + 1, right - head - 1), into)
            && slots[3].TryPutNumber(new TextSlice(start + right + 1, word.Length - right - 1), into);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadCounts(SentenceSlot[] slots, TextSlice word, SessionEvent into)
    {
        if (word.Length > ByteMask.BlockBytes) return false;
        ref byte text = ref Unsafe.Add(ref into.FirstByte, word.Offset);
        int open = BitOperations.TrailingZeroCount(ByteMask.Find(ref text, (byte)'('));
        if (open >= word.Length || Unsafe.Add(ref text, word.Length - 1) != ')' || slots.Length != 2) return false;
        return slots[0].TryPutNumber(word with { Length = open }, into)
            && slots[1].TryPutNumber(new TextSlice(word.Offset + open + 1, word.Length - open - 2), into);
    }

    // Where no word behind has parentheses, user and roles end nowhere else.
    private bool TryReadNames(SentenceSlot[] slots, TextSlice word)
    {
        if (word.Length > ByteMask.BlockBytes) return false;
        ref byte text = ref Unsafe.Add(ref _into.FirstByte, word.Offset);
        ulong inside = ulong.MaxValue >> (ByteMask.BlockBytes - word.Length), opens = ByteMask.Find(ref text, (byte)'(') & inside;
        int open = BitOperations.Log2(opens), end = word.Offset + word.Length;
        if (opens == 0 || BitOperations.TrailingZeroCount(ByteMask.Find(ref text, (byte)')')) != word.Length - 1) return false;
        if (_message[end..].Contains((byte)')')) return false;
        _at++;
        slots[0].PutText(word with { Length = open }, _into);
        slots[1].PutText(new TextSlice(word.Offset + open + 1, word.Length - open - 2), _into);
        return _at == _words.Length || ByteMask.First(_message, _words[_at], (byte)'(') < 0;
    }

    private bool TryReadReason(in SentenceSlot slot)
    {
        int start = _words[_at].Offset;
        while (_at < _words.Length)
        {
            TextSlice word = _words[_at++];
            if (_message[word.Offset + word.Length - 1] != ':') continue;
            slot.PutText(new TextSlice(start, word.Offset + word.Length - 1 - start), _into);
            return word.Length > 1;
        }
        return false;
    }

    private bool TryReadTag(in SentenceSlot slot, TextSlice word)
    {
        if (_message[word.Offset] != '0' || word.Length < 3 || _message[word.Offset + 1] != 'x') return true;
        if (word.Length > 3 || !char.IsAsciiDigit((char)_message[word.Offset + 2])) return false;
        slot.PutText(new TextSlice(word.Offset + 2, 1), _into);
        _plainHead = false;
        _at++;
        return true;
    }

    private bool TryReadRuleType(in SentenceSlot slot)
    {
        _typed ??= AreRulesTyped();
        if (_typed is not { } typed) return false;
        if (!typed) return true;
        _plainHead = false;
        return TryTake(slot, SentenceReader.RuleTypeWords(_message, _words, _at));
    }

    // Less than the reader looks at: whether protocol, session and counts are where they belong shows when they are read.
    private readonly bool? AreRulesTyped()
    {
        bool plain = _at + 2 < _words.Length && DecimalDigits.IsNumber(_message, _words[_at + 2]);
        int first = SentenceReader.RuleTypeWords(_message, _words, _at);
        bool typed = first != 0 && SentenceReader.RuleTypeWords(_message, _words, _at + first + 1) != 0;
        return plain == typed ? null : typed;
    }

    // Nearly all begin with a letter and end in a digit.
    private readonly bool IsInterface(TextSlice word) =>
        (_message[word.Offset] > '9' && char.IsAsciiDigit((char)_message[word.Offset + word.Length - 1]))
        || SentenceText.Fit(SentencePart.Interface, _message, word) != SentenceFit.No;
}
