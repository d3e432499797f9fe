namespace FlowStream.Parsing.Junos;

/// <summary>How a message ends in the releases from one on until the next: one line of <see cref="SentenceTable"/>.</summary>
/// <param name="Since">The first release known to print it so.</param>
/// <param name="Tail">The pieces after those that all releases print.</param>
/// <param name="PlainHead">True when the head has none of its optional pieces in these releases.</param>
internal sealed record SentenceEra(string Since, string Tail, bool PlainHead = false)
{
    /// <summary>The pieces of <see cref="Tail"/>.</summary>
    public SentenceElement[] Elements { get; } = new SentenceTemplate(Tail).Elements;
}
