using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// What messages of logical systems and of MX-SPC3 service sets print before the sentence. <c>Lsys NAME:</c> and
/// <c>Prefix PREFIX svc-set-name NAME:</c> are read; any other text says nothing that is known and is passed over.
/// </summary>
internal static class SentencePrefix
{
    private static readonly SentenceSlot LogicalSystem = new("logical-system-name");
    private static readonly SentenceSlot Prefix = new("prefix");
    private static readonly SentenceSlot ServiceSet = new("service-set-name");

    /// <summary>True when a message called <paramref name="tag"/> may have text before its sentence.</summary>
    public static bool IsAllowed(ReadOnlySpan<byte> tag) => tag.EndsWith("_LS"u8) || tag.EndsWith("_USF"u8);

    /// <summary>Puts what <paramref name="words"/>, those before the sentence, say into the event.</summary>
    public static Refusal Put(ReadOnlySpan<TextSlice> words, SessionEvent into)
    {
        if (words.Length < 2 || !into.Bytes(words[^1]).EndsWith(":"u8)) return default;
        TextSlice name = words[^1] with { Length = words[^1].Length - 1 };
        ReadOnlySpan<byte> first = into.Bytes(words[0]);
        if (words.Length == 2) return Ascii.EqualsIgnoreCase(first, "lsys"u8) ? LogicalSystem.Put(name, into) : default;
        if (words.Length < 4 || !first.SequenceEqual("Prefix"u8) || !into.Bytes(words[^2]).SequenceEqual("svc-set-name"u8)) return default;
        TextSlice prefix = new(words[1].Offset, words[^3].Offset + words[^3].Length - words[1].Offset);
        Refusal refusal = Prefix.Put(prefix, into);
        return refusal.Accepted ? ServiceSet.Put(name, into) : refusal;
    }
}
