using FlowStream.Parsing.Headers;

namespace FlowStream.Parsing.Junos;

/// <summary>Reads a Junos message in either of its forms.</summary>
internal static class JunosMessage
{
    /// <summary>Reads the fields after <paramref name="header"/> into <paramref name="into"/>.</summary>
    public static Refusal Read(SessionEvent into, in MessageHeader header)
    {
        int number = header.TagNumber > 0 ? header.TagNumber : TagTable.NumberOf(into.Bytes(header.Tag));
        if (number == 0) return new Refusal(RefusalReason.UnknownTag, header.Tag.Offset);
        TagName tag = TagTable.At(number);
        into.Tag = tag.Definition.Tag;
        into.TagVariant = tag.Variant;
        into.Kind = tag.Definition.Kind;
        into.Repairs |= tag.Repairs;
        bool structured = header.Body == MessageBody.JunosStructured;
        into.Shape = structured ? MessageShape.JunosStructured : MessageShape.JunosUnstructured;
        Refusal refusal = structured
            ? StructuredFields.Read(into, header.Position)
            : SentenceFields.Read(into, header.Tag, header.Position);
        return refusal.Accepted ? Finish(tag.Definition.Required, into) : refusal;
    }

    // A line that was cut before it said what it must say lacks its end, not a field.
    private static Refusal Finish(ulong required, SessionEvent into)
    {
        Refusal refusal = FieldReader.Finish(required, into);
        return refusal.Reason == RefusalReason.MissingField && (into.Repairs & Repair.MissingClosingBracket) != 0
            ? new Refusal(RefusalReason.UnterminatedStructuredData, refusal.Position)
            : refusal;
    }
}
