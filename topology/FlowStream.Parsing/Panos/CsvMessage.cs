using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// Reads a PAN-OS message of comma-separated columns. Every release prints the same columns first, so a line is read as far as it goes
/// whatever its length; the release tells only whether columns are missing.
/// </summary>
internal static class CsvMessage
{
    // Where the log type stands, and where when the first column, which means nothing, was left out.
    private const int TypeColumn = 4;

    // The columns that every release since 7.1 has; behind them a line of another length than any release's has columns of its own choice.
    private const int FixedColumns = 54;

    private const int IsoWithZoneBytes = 20;

    // What the reader looks at more closely, and what is trimmed.
    private static readonly AbsentForms[] Notable =
        NotableBytes.Table(first => first is <= (byte)' ' or (byte)'"' or (byte)'\\' or (byte)'{');

    private static readonly PanosColumn HighResolutionTime = PanosColumns.Named("high_res_timestamp");

    /// <summary>Reads the message whose fields begin at <paramref name="position"/>.</summary>
    public static Refusal Read(SessionEvent into, int position)
    {
        Refusal refusal = FindType(into.Message, position, out int missing);
        if (!refusal.Accepted) return refusal;
        into.Tag = EventTag.PanosTraffic;
        into.KnownKeys = PanosColumns.Names;
        into.Shape = MessageShape.PanosCsv;
        var reader = new CsvReader(into, position, missing);
        var fields = new PanosFields(into);
        while (true)
        {
            Refusal refused = ReadUsual(ref reader, ref fields, into);
            if (!refused.Accepted) return refused;
            if (!reader.MoveNext()) break;
            ref readonly PanosColumn column = ref Column(into, ref reader);
            RefusalReason reason = fields.Read(column, reader.Value);
            if (reason != RefusalReason.None) return new Refusal(reason, reader.Value.Offset, column.Rule.Field);
        }
        if (!reader.Fault.Accepted) return reader.Fault;
        if (missing > 0 || PanosReleases.IsCut(into.Bytes(fields.Release), reader.Column)) into.Repairs |= Repair.MissingColumns;
        return fields.Finish();
    }

    // Reads columns up to the first one that is more than text between two commas, or the last one of the line.
    private static Refusal ReadUsual(ref CsvReader reader, ref PanosFields fields, SessionEvent into)
    {
        // All that the loop changes is kept in locals: a reference to it would keep it in memory.
        int start = reader.Next, read = 0;
        ReadOnlySpan<int> ends = reader.Ends;
        ReadOnlySpan<PanosColumn> columns = PanosColumns.ByPosition.AsSpan(Math.Min(reader.Column, ParserLimits.MaxParameters) + 1);
        if (ends.Length > columns.Length) ends = ends[..columns.Length];
        ref byte line = ref into.FirstByte;
        for (; read < ends.Length; read++)
        {
            // A comma inside the line, and so is the column in front of it.
            int end = ends[read];
            if (end > start)
            {
                ref readonly PanosColumn to = ref columns[read];
                AbsentForms notable = Notable[Unsafe.Add(ref line, start)] & to.Notable;
                if ((notable & NotableBytes.Unusual) != 0 || Unsafe.Add(ref line, end - 1) <= ' ') break;
                var value = new TextSlice(start, end - start);
                if (notable == 0 || !AbsentTexts.Hold(ref Unsafe.Add(ref line, start), value.Length, notable))
                {
                    RefusalReason reason = fields.ReadPresent(to, value, into);
                    if (reason != RefusalReason.None) return new Refusal(reason, start, to.Rule.Field);
                }
            }
            start = end + 1;
        }
        reader.GoOn(read, start);
        return default;
    }

    // A custom format that leaves columns out ends with the time in high resolution, whatever column of the full line that would be.
    private static ref readonly PanosColumn Column(SessionEvent into, ref CsvReader reader)
    {
        ref readonly PanosColumn column = ref PanosColumns.ByPosition[reader.Column];
        if (!reader.IsLast || reader.Column <= FixedColumns || PanosReleases.IsCount(reader.Column)) return ref column;
        ReadOnlySpan<byte> value = into.Bytes(reader.Value);
        return ref value.Length >= IsoWithZoneBytes && value[10] == 'T' ? ref HighResolutionTime : ref column;
    }

    private static Refusal FindType(ReadOnlySpan<byte> message, int position, out int missing)
    {
        missing = 0;
        int start = position, type = position;
        for (int column = 1; column <= TypeColumn; column++)
        {
            if (start > message.Length) return new Refusal(RefusalReason.MalformedColumns, message.Length);
            int comma = message[start..].IndexOf((byte)',');
            int end = comma < 0 ? message.Length : start + comma;
            if (column >= TypeColumn - 1 && message[start..end].SequenceEqual("TRAFFIC"u8))
            {
                missing = TypeColumn - column;
                return default;
            }
            type = start;
            start = end + 1;
        }
        return new Refusal(RefusalReason.UnknownLogType, type);
    }
}
