namespace FlowStream.Parsing.Junos;

/// <summary>
/// The forms of one message over all releases: a head that all have, and a tail that grew. Which tail a message has is told by how many
/// pieces are left after the head; where two releases print as many, by what they look like.
/// </summary>
internal sealed class SentenceGrammar
{
    private readonly SentenceElement[][][] _tails;
    private readonly SentenceElement[][][] _tailsOfPlainHead;

    /// <summary>Makes the grammar of <paramref name="tag"/>.</summary>
    public SentenceGrammar(EventTag tag, string head, params SentenceEra[] eras)
    {
        Tag = tag;
        Head = new SentenceTemplate(head);
        HasCounts = Head.Elements.Any(e => e.Part == SentencePart.Counts && e.Slots[0].Key == "packets-from-client");
        Longest = eras.MaxBy(e => e.Elements.Length)!.Elements;
        _tails = [.. Enumerable.Range(0, Longest.Length + 1).Select(count => Choices([.. eras.Where(e => !e.PlainHead)], count))];
        _tailsOfPlainHead = [.. Enumerable.Range(0, Longest.Length + 1).Select(count => Choices(eras, count))];
        LongParts = [.. Enumerable.Range(0, Longest.Length).Where(i => Longest[i].IsLong).Select(i => (i, ShortestWith(eras, i)))];
        EncryptedAfterNames = Array.FindIndex(Longest, e => e.Slots[0].Key == "encrypted")
            - Array.FindIndex(Longest, e => e.Part == SentencePart.Names);
        foreach (SentenceEra era in eras) Check([.. Head.Elements, .. era.Elements]);
        HoldsPhrases = tag is not (EventTag.RtFlowSessionCreate or EventTag.RtFlowSessionClose or EventTag.RtFlowSessionDeny);
    }

    /// <summary>The message.</summary>
    public EventTag Tag { get; }

    /// <summary>What all releases print.</summary>
    public SentenceTemplate Head { get; }

    /// <summary>True when packets and bytes follow the session id.</summary>
    public bool HasCounts { get; }

    /// <summary>The tail of the newest release; where it has a part of several words, each tail has it at the same place.</summary>
    public SentenceElement[] Longest { get; }

    /// <summary>The parts of several words in the tail: place, and the fewest pieces of a tail that has it.</summary>
    public (int Index, int MinCount)[] LongParts { get; }

    /// <summary>How many pieces after user and roles it says whether the session is encrypted.</summary>
    public int EncryptedAfterNames { get; }

    /// <summary>True when a value may be one of the known phrases of two words.</summary>
    public bool HoldsPhrases { get; }

    /// <summary>The tails of <paramref name="count"/> pieces; none when no release prints so many.</summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="plainHead">Whether the head has none of its optional pieces.</param>
    public ReadOnlySpan<SentenceElement[]> Tails(int count, bool plainHead) =>
        count >= _tails.Length ? [] : plainHead ? _tailsOfPlainHead[count] : _tails[count];

    // Empty values at the end are lost with the blanks that transports cut off, so that a count between those of two releases is the start
    // of the longer one. It is read where all longer ones start alike.
    private static SentenceElement[][] Choices(SentenceEra[] eras, int count)
    {
        SentenceElement[][] listed = [.. eras.Where(e => e.Elements.Length == count).Select(e => e.Elements)];
        if (listed.Length > 0) return listed;
        SentenceElement[][] starts = [.. eras.Where(e => e.Elements.Length > count).Select(e => e.Elements[..count])];
        bool alike = starts.All(s => Enumerable.Range(0, count).All(i => s[i].SameAs(starts[0][i])));
        return alike ? [starts[0]] : [];
    }

    // Each value is stored once and as what its piece looks like: QuickSentence looks for neither.
    private void Check(SentenceElement[] elements)
    {
        FieldRule[] rules = [.. elements.SelectMany(e => e.Slots).Select(s => s.Rule).OfType<FieldRule>()];
        if (rules.DistinctBy(r => r.Field).Count() < rules.Length) throw new InvalidOperationException($"{Tag} has a field twice.");
        foreach (SentenceElement element in elements)
        {
            FieldKind[] kinds = [.. element.Slots.Select(s => s.Rule).OfType<FieldRule>().Select(r => r.Kind)];
            bool fits = element.Part switch
            {
                SentencePart.Flow => kinds is [] or [FieldKind.Address, FieldKind.Port, FieldKind.Address, FieldKind.Port],
                SentencePart.Counts => kinds.Length == 2 && kinds.All(k => FieldReader.MaximumOf(k) != 0),
                SentencePart.Number => kinds.All(k => FieldReader.MaximumOf(k) != 0),
                _ => kinds.All(k => k == FieldKind.Text),
            };
            if (!fits) throw new InvalidOperationException($"{Tag} has a value in a piece that cannot hold it.");
        }
    }

    private int ShortestWith(SentenceEra[] eras, int index) =>
        eras.Where(e => e.Elements.Length > index && e.Elements[index].SameAs(Longest[index])).Min(e => e.Elements.Length);
}
