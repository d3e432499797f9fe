using System.Text;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>The slow second opinion: one character after the other. It says what the columns of a line hold, the empty ones too.</summary>
internal static class ReferenceColumns
{
    private const int LinkSwitches = 70;

    /// <summary>The columns, or null when a quote or a brace does not close.</summary>
    /// <param name="line">The line.</param>
    /// <param name="missing">How many columns of the full line come before it.</param>
    public static List<string>? Of(string line, int missing)
    {
        var columns = new List<string>();
        for (int start = 0; start <= line.Length;)
        {
            string rest = line[start..];
            (string Value, int Length)? column =
                rest.StartsWith('"') ? Quoted(rest)
                : rest.StartsWith("\\\"", StringComparison.Ordinal) ? Between(rest, 2, "\\\"", 4)
                : rest.StartsWith('{') && columns.Count + missing + 1 == LinkSwitches ? Between(rest, 0, "}", 1)
                : (rest.Split(',')[0], rest.Split(',')[0].Length);
            if (column is not { } found) return null;
            columns.Add(found.Value);
            start += found.Length + 1;
        }
        return columns;
    }

    private static bool Ends(string text, int position) => position == text.Length || text[position] == ',';

    // From start to the first end mark that stands before a comma or the end of the line.
    private static (string Value, int Length)? Between(string text, int start, string end, int shortest)
    {
        for (int i = shortest; i <= text.Length; i++)
        {
            if (!Ends(text, i) || !text[..i].EndsWith(end, StringComparison.Ordinal)) continue;
            return (text[start..(end == "}" ? i : i - end.Length)], i);
        }
        return null;
    }

    private static (string Value, int Length)? Quoted(string text)
    {
        var value = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                value.Append(text[i]);
                continue;
            }
            if (Ends(text, i + 1)) return (value.ToString(), i + 1);
            if (text[i + 1] == '"') i++;
            else if (text[i - 1] == '\\') value.Length--;
            value.Append('"');
        }
        return null;
    }
}
