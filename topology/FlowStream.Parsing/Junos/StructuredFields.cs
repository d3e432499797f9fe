namespace FlowStream.Parsing.Junos;

/// <summary>Reads the fields of a structured message: each parameter by its name.</summary>
internal static class StructuredFields
{
    /// <summary>Reads the structured data that begins at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        ReadOnlySpan<byte> message = into.Message;
        var reader = new StructuredDataReader(message, position);
        while (reader.MoveNext())
        {
            TextSlice key = reader.Key, value = reader.Value;
            if (reader.HasBackslash) value = value with { Length = ValueReader.Unescape(into.Bytes(value)) };
            value = ValueReader.Trim(message, value);
            int index = FieldTable.Keys.Find(message.Slice(key.Offset, key.Length));
            if (index >= 0)
            {
                Refusal refusal = FieldReader.Apply(FieldTable.Rules[index], value, into);
                if (!refusal.Accepted) return refusal;
                continue;
            }
            if (!StructuredDataReader.IsName(message.Slice(key.Offset, key.Length)))
                return new Refusal(RefusalReason.MalformedParameter, key.Offset);
            if (!ValueReader.IsAbsent(into.Bytes(value), FieldTable.ExtraAbsent)) into.AddExtra(key, value);
        }
        return reader.Fault;
    }
}
