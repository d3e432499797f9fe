using System.Text;
using FlowStream.Parsing;
using FlowStream.Parsing.Panos;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// The slow second opinion on comma-separated columns: the line is cut byte by byte, and every column must be in the event, or say nothing.
/// </summary>
internal static class CsvReference
{
    private const string Type = "TRAFFIC,";
    private const int FirstAfterType = 5, FixedColumns = 54;

    private static readonly char[] White = [.. Enumerable.Range(0, 33).Select(i => (char)i)];

    // Ways of saying nothing, over all columns.
    private static readonly string[] Nothing = ["", "n/a", "na", "na na", "none", "unknown", "0.0.0.0", "0.0.0.0/0", "::", "::/0",
        "not-applicable", "no-serial", "inconclusive"];

    /// <summary>What the event has otherwise than the line, or null. Of a line that was repaired only what it says is looked at.</summary>
    public static string? Difference(byte[] message, SessionEvent read)
    {
        if (read.Shape != MessageShape.PanosCsv) return null;
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        // Other columns may hold the word too.
        string? difference = "the line is of no type";
        for (int at = text.IndexOf(Type, StringComparison.Ordinal); at >= 0 && difference is not null;)
        {
            difference = Difference(text, text[(at + Type.Length)..], read);
            at = text.IndexOf(Type, at + 1, StringComparison.Ordinal);
        }
        return difference;
    }

    private static string? Difference(string text, string behindType, SessionEvent read)
    {
        List<string> columns = Split(behindType);
        List<(string Key, string Value)> extras = Extras(read);
        bool exact = (read.Repairs & (Repair.EscapedQuotes | Repair.StrayQuote)) == 0;
        for (int i = 0; exact && i < columns.Count; i++)
        {
            PanosColumn column = PanosColumns.ByPosition[i + FirstAfterType];
            string value = columns[i].Trim(White);
            if (IsIn(read, column, value) || extras.Remove((column.Name, value)) || Nothing.Contains(value.ToLowerInvariant())) continue;
            bool isLast = i == columns.Count - 1 && i + FirstAfterType > FixedColumns;
            if (isLast && extras.Remove(("high_res_timestamp", value))) continue;
            return $"{column.Name} is \"{value}\"";
        }
        return extras.Find(e => !text.Contains(e.Value, StringComparison.Ordinal) && exact) is { Key: not null } extra ? $"{extra}" : null;
    }

    private static List<(string Key, string Value)> Extras(SessionEvent read) =>
        [.. Enumerable.Range(0, read.ExtraCount).Select(i => (Latin1(read.ExtraKey(i)), Latin1(read.ExtraValue(i))))];

    private static bool IsIn(SessionEvent read, in PanosColumn column, string value)
    {
        Field field = column.Rule.Field;
        return column.Use switch
        {
            PanosUse.Skip => true,
            PanosUse.Extra or PanosUse.ReceiveTime or PanosUse.GeneratedTime or PanosUse.HighResolutionTime or PanosUse.Subtype
                or PanosUse.Release => false,
            // Cloud services print the beginning of 1970 where there is no time.
            PanosUse.StartTime when !read.Has(field) && value.StartsWith("1970", StringComparison.Ordinal) => true,
            PanosUse.DeviceName => Latin1(read.DeviceHost) == value,
            _ => read.Has(field) ? Latin1(read.Text(field)) == value : MayBeAbsent(read, field),
        };
    }

    // What one field says about another takes it away, and what is none of its kind is counted as such.
    private static bool MayBeAbsent(SessionEvent read, Field field) => (read.Repairs & Repair.UnreadableValue) != 0 || field switch
    {
        Field.NatSourcePort => !read.Has(Field.NatSourceAddress),
        Field.NatDestinationPort => !read.Has(Field.NatDestinationAddress),
        Field.SessionId => read.Kind == EventKind.Deny,
        _ => false,
    };

    private static List<string> Split(string text)
    {
        var columns = new List<string>();
        for (int at = 0; at <= text.Length;)
        {
            bool quoted = at < text.Length && text[at] == '"';
            bool braces = columns.Count + FirstAfterType == PanosColumns.LinkSwitches && at < text.Length && text[at] == '{';
            var column = new StringBuilder();
            int i = quoted ? at + 1 : at;
            for (; i < text.Length; i++)
            {
                bool ends = i + 1 == text.Length || text[i + 1] == ',';
                if (quoted && text[i] == '"' && ends) break;
                if (quoted && text[i] == '"' && text[i + 1] == '"') i++;
                else if (braces && text[i] == '}' && ends) braces = false;
                else if (!quoted && !braces && text[i] == ',') break;
                column.Append(text[i]);
            }
            columns.Add(column.ToString());
            at = quoted ? i + 2 : i + 1;
        }
        return columns;
    }

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
