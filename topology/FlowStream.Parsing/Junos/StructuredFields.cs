namespace FlowStream.Parsing.Junos;

/// <summary>Reads the fields of a structured message: each parameter by its name.</summary>
internal static class StructuredFields
{
    // How far the first parameter is looked for where no bracket says that the fields are structured: an SD-ID and a name.
    private const int MaxFirstParameterBytes = 128;

    /// <summary>
    /// True when the text at <paramref name="position"/> is structured data whose opening bracket is missing: an SD-ID or none, and
    /// <c>name="</c>.
    /// </summary>
    public static bool LacksBracket(ReadOnlySpan<byte> message, int position)
    {
        ReadOnlySpan<byte> start = message[position..Math.Min(message.Length, position + MaxFirstParameterBytes)];
        int equals = start.IndexOf((byte)'=');
        return equals > 0 && QuoteMark.Length(start, equals + 1) > 0 && start[..equals].Count((byte)' ') <= 1;
    }

    /// <summary>Reads the structured data that begins at <paramref name="position"/>, at its bracket or where that is missing.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        ReadOnlySpan<byte> message = into.Message;
        var reader = new StructuredDataReader(message, position, into.MayHoldUnusual);
        var expected = new ExpectedParameters(into);
        Repair repairs = Repair.None;
        while (true)
        {
            if (reader.IsProper)
            {
                Refusal refused = expected.Read(ref reader);
                if (!refused.Accepted) return refused;
            }
            if (!reader.MoveNext()) break;
            TextSlice key = reader.Key, value = reader.Value;
            int index = FieldTable.Keys.Find(message.Slice(key.Offset, key.Length));
            if (index < 0 && reader.TryRepair()) continue;
            expected.Learn(index);
            if (reader.HasBackslash) value = value with { Length = ValueReader.Unescape(into.Bytes(value)) };
            value = ParameterTrimming.Trim(message, value, ref repairs);
            if ((uint)index < (uint)FieldTable.Rules.Length)
            {
                ref readonly FieldRule rule = ref FieldTable.Rules[index];
                RefusalReason reason = FieldReader.Read(rule, value, into);
                if (reason == RefusalReason.None) continue;
                Refusal refusal = FieldReader.Judge(reason, rule.Field, value, into);
                if (!refusal.Accepted) return refusal;
                continue;
            }
            if (ValueReader.IsAbsent(into.Bytes(value), JunosExtras.FormsOf(index))) continue;
            if (IsRepeated(into, key, index - FieldTable.Rules.Length, ref expected)) repairs |= Repair.DuplicateKey;
            else into.AddExtra(key, value);
        }
        into.Repairs |= repairs | reader.Repairs;
        if ((into.Repairs & Repair.WrappedLines) != 0) into.Bytes(new TextSlice(0, message.Length)).Replace((byte)'\n', (byte)' ');
        return reader.Fault;
    }

    // Known keys are told apart by a bit each, the few unknown ones by comparing.
    private static bool IsRepeated(SessionEvent into, TextSlice key, int known, ref ExpectedParameters expected) =>
        known < 0 ? into.HasExtra(into.Bytes(key)) : !expected.AddExtra(known);
}
