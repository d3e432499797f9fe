namespace FlowStream.Parsing.Junos;

/// <summary>One piece of a <see cref="SentenceTemplate"/>.</summary>
/// <param name="Part">What it looks like.</param>
/// <param name="Optional">True for a piece that not all releases print.</param>
/// <param name="Slots">Where its values go, from left to right.</param>
internal readonly record struct SentenceElement(SentencePart Part, bool Optional, SentenceSlot[] Slots)
{
    /// <summary>Where its first value goes: mostly the only one.</summary>
    public readonly SentenceSlot First = Slots[0];

    /// <summary>True when its value is the piece as it stands.</summary>
    public readonly bool IsPlain = Part is SentencePart.Word or SentencePart.Number or SentencePart.MaybeNumber or SentencePart.Interface
        or SentencePart.YesNo or SentencePart.ApbrRuleType;

    /// <summary>True when it may be of several words, so that where it ends has to be found.</summary>
    public bool IsLong => Part is SentencePart.Names or SentencePart.ReasonOfDeny or SentencePart.Characteristics or SentencePart.HostName;

    /// <summary>True when <paramref name="other"/> stands for the same values.</summary>
    public bool SameAs(in SentenceElement other)
    {
        if (Slots.Length != other.Slots.Length) return false;
        for (int i = 0; i < Slots.Length; i++)
        {
            if (Slots[i].Key != other.Slots[i].Key) return false;
        }
        return true;
    }
}
