namespace FlowStream.Parsing.Junos;

/// <summary>Reads the fields of a standard (unstructured) message: each word by its place.</summary>
internal static class SentenceFields
{
    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position) => new(RefusalReason.UnknownTag, position);
}
