using FlowStream.Parsing.Headers;

namespace FlowStream.Parsing.Junos;

/// <summary>Reads a Junos message in either of its forms.</summary>
internal static class JunosMessage
{
    /// <summary>Reads the fields after <paramref name="header"/> into <paramref name="into"/>.</summary>
    public static Refusal Read(SessionEvent into, in MessageHeader header)
    {
        TextSlice name = header.Tag;
        if (TagTable.Find(into.Bytes(name)) is not { } tag) return new Refusal(RefusalReason.UnknownTag, name.Offset);
        into.Tag = tag.Tag;
        into.Kind = tag.Kind;
        bool structured = header.Body == MessageBody.JunosStructured;
        into.Shape = structured ? MessageShape.JunosStructured : MessageShape.JunosUnstructured;
        Refusal refusal = structured
            ? StructuredFields.Read(into, header.Position)
            : SentenceFields.Read(into, name, header.Position);
        return refusal.Accepted ? FieldReader.Finish(tag.Required, into) : refusal;
    }
}
