using System.Globalization;

namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// What stands around sessions on a terminal: prompts with commands, rules and headings of tables, names of nodes, counts.
/// </summary>
internal static class ListingFrame
{
    private const string UnitBegin = "Flow Sessions on ";
    private const string TotalBegin = "Total sessions:";
    private const string TotalEnd = " sessions displayed";
    private const string PromptEnds = ">#%$";
    private const string RuleChars = "-=+_ ";
    private const int ShortestRule = 3;

    private static readonly string[] Commands = ["show session", "show security flow", "show log traffic"];

    private static readonly string[] Pagers = ["---(more", "--More--"];

    // The headings of PAN-OS tables, their words one blank apart.
    private static readonly string[] Headings =
    [
        "ID Application State Type Flag", "Vsys Dst[Dport]/Zone", "Dst[Dport]/Zone (translated",
        "Time App From Src Port", "Rule Action To Dst Port", "Src User Dst User Session Info",
    ];

    /// <summary>True for the drawing of a table, its headings and a pager's mark: they may stand anywhere.</summary>
    public static bool IsDrawing(in TextLine line)
    {
        ReadOnlySpan<char> text = line.Trimmed;
        if (text.Length >= ShortestRule && !text.ContainsAnyExcept(RuleChars)) return true;
        if (BeginsOneOf(text, Pagers) && text.Length < DeviceTextLimits.MaxKeyChars) return true;
        string words = string.Join(' ', line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return BeginsOneOf(words, Headings);
    }

    /// <summary>
    /// True for a prompt with or without a command, and for a command that was pasted without its prompt. What follows answers it.
    /// </summary>
    /// <param name="line">Any line.</param>
    /// <param name="host">The device's name in the prompt, or null.</param>
    public static bool IsPrompt(in TextLine line, out string? host)
    {
        host = null;
        ReadOnlySpan<char> text = line.Trimmed;
        if (IsCommand(text) || (text[0] == '{' && text[^1] == '}')) return true;
        int end = text.IndexOfAny(PromptEnds);
        if (end < 0 || text[..end].Contains(' ') || (end + 1 < text.Length && text[end + 1] != ' ')) return false;
        ReadOnlySpan<char> name = text[..end], rest = text[(end + 1)..].TrimStart(' ');
        int at = name.IndexOf('@');
        if (!IsCommand(rest) && at <= 0) return false;
        name = name[(at + 1)..];
        int bracket = name.IndexOf('(');
        if (bracket >= 0) name = name[..bracket];
        if (!name.IsEmpty) host = name.ToString();
        return true;
    }

    /// <summary>True for the fence around a listing in Markdown.</summary>
    public static bool IsFence(in TextLine line) => line.Begins("```");

    /// <summary>True for the line that says which node of a cluster the sessions after it are on.</summary>
    public static bool IsNode(in TextLine line, out string node)
    {
        const string Word = "node";
        ReadOnlySpan<char> text = line.Trimmed;
        bool isNode = text.Length > Word.Length + 1 && text[^1] == ':' && text.StartsWith(Word, StringComparison.Ordinal)
            && !text[Word.Length..^1].ContainsAnyExceptInRange('0', '9');
        node = isNode ? text[..^1].ToString() : "";
        return isNode;
    }

    /// <summary>True for the line that says which services unit the sessions after it are on.</summary>
    public static bool IsUnit(in TextLine line, out string unit)
    {
        bool isUnit = line.Begins(UnitBegin);
        unit = isUnit ? line.Trimmed[UnitBegin.Length..].TrimEnd(':').ToString() : "";
        return isUnit;
    }

    /// <summary>
    /// True for the device's own count of the sessions that it listed: <c>Total sessions: 3</c>, on old releases
    /// <c>3 sessions displayed</c>.
    /// </summary>
    public static bool IsTotal(in TextLine line, out long total)
    {
        ReadOnlySpan<char> text = line.Trimmed;
        if (line.Begins(TotalBegin)) text = text[TotalBegin.Length..];
        else if (text.EndsWith(TotalEnd, StringComparison.Ordinal)) text = text[..^TotalEnd.Length];
        total = 0;
        return text.Length < line.Trimmed.Length
            && long.TryParse(text.Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out total);
    }

    private static bool IsCommand(ReadOnlySpan<char> text)
    {
        const string Run = "run ";
        if (text.StartsWith(Run, StringComparison.Ordinal)) text = text[Run.Length..].TrimStart(' ');
        return BeginsOneOf(text, Commands);
    }

    private static bool BeginsOneOf(ReadOnlySpan<char> text, string[] beginnings)
    {
        foreach (string beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.Ordinal)) return true;
        }
        return false;
    }
}
