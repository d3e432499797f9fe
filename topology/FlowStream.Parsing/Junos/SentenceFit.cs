namespace FlowStream.Parsing.Junos;

/// <summary>Whether a word may be a certain piece of a sentence.</summary>
internal enum SentenceFit : byte
{
    /// <summary>It cannot be.</summary>
    No,

    /// <summary>It can be, as others can.</summary>
    Possible,

    /// <summary>It is: one of a closed set of texts that nothing else has.</summary>
    Certain,
}
