using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>
/// The slow second opinion: each template as a regular expression in which values may be missing at the end. Its answer is the readings
/// of a sentence, each as the structured message that says the same.
/// </summary>
internal static partial class SentenceReference
{
    private const string Phrase = "(?:Bandwidth Consumer|Can Leak Information|Capable of Tunneling|Carrier of Malware|Evasive"
        + "|Known Vulnerabilities|Loss of Productivity|Prone to Misuse|Supports File Transfer)";

    // What came with later releases; a line may have any of it without the rest.
    private static readonly string[] Additions =
        [" 0x{connection-tag}", " 0x{nat-connection-tag}", " {src-nat-rule-type}~ {dst-nat-rule-type}"];

    private static readonly ILookup<string, Regex> Expressions = SentenceForms.All
        .SelectMany(form => Variants(form.Template).Select(text => (form.Tag, Text: Expression(text)))).Distinct()
        .ToLookup(e => e.Tag, e => new Regex($"^{e.Text}$", RegexOptions.Singleline | RegexOptions.CultureInvariant));

    /// <summary>The readings of <paramref name="sentence"/>, the text behind <c>TAG: </c>.</summary>
    public static IEnumerable<string> Readings(string tag, string sentence)
    {
        string unwrapped = LineBreak().Replace(sentence, " ");
        string[] texts = [unwrapped, Blanks().Replace(unwrapped, " ")];
        return texts.SelectMany(text => Expressions[tag].Select(e => e.Match(text))).Where(match => match.Success)
            .Select(match => SentenceEvent.Structure(tag, match.Groups.Values.Skip(1).Where(g => g.Success).Select(Value)));
    }

    private static IEnumerable<string> Variants(string template) => Enumerable.Range(0, 1 << Additions.Length).Select(mask => Additions
        .Where((_, i) => (mask & (1 << i)) != 0).SelectMany(addition => addition.Split('~'))
        .Aggregate(template, (text, addition) => text.Replace(addition, "", StringComparison.Ordinal)));

    // The last words, each in an optional group with all that follow.
    private static string Expression(string template)
    {
        string[] words = [.. template.Split(' ').Select(word => Key().Replace(
            Regex.Escape(word).Replace("\\{", "{", StringComparison.Ordinal).Replace("->", "-?->", StringComparison.Ordinal),
            key => $"(?<{key.Groups[1].Value.Replace('-', '_')}>{Text(key.Groups[1].Value, word)})"))];
        int head = Array.FindLastIndex(words, w => w.Contains("<elapsed_time>") || w.Contains("<destination_zone_name>")) + 1;
        return string.Join(' ', words.Take(head)) + string.Concat(words.Skip(head).Select(w => $"(?: {w}"))
            + string.Concat(Enumerable.Repeat(")?", words.Length - head));
    }

    private static string Text(string key, string word) => key switch
    {
        "username" when word == "{username}" => "unauthenticated user|[^ ]*",
        "roles" when word == "{roles}" => "[^ ]*",
        "reason" or "username" => ".*?",
        "application-characteristics" => $"\"[^\"]*\"|{Phrase}(?:; ?{Phrase})*;?|[^ ]*|.*;",
        "roles" => "(?:[^()]|\\([^()]*\\))*",
        "category" => "custom application|[^ ]*",
        "hostname" => "NA NA|[^ ]*",
        "src-nat-rule-type" or "dst-nat-rule-type" => "[^ ]+ rule|(?i:n/a|none|na|unknown)?",
        "application-risk" => "-?[0-9]+|(?i:n/a|none|na|unknown)?",
        "protocol-id" or "session-id" or "session-id-32" or "elapsed-time" or "uplink-tx-bytes" or "uplink-rx-bytes" => "[0-9]+",
        _ => key.EndsWith("-port", StringComparison.Ordinal) ? "[^ /]*?" : "[^ ]*?",
    };

    private static (string Key, string Value) Value(Group group)
    {
        string key = group.Name.Replace('_', '-');
        if (key == "application-characteristics") return (key, Quoted().Replace(group.Value, "$1"));
        if (!key.EndsWith("connection-tag", StringComparison.Ordinal)) return (key, group.Value);
        return (key, uint.TryParse(group.Value, NumberStyles.AllowHexSpecifier, null, out uint tag) ? $"{tag}" : "not a tag");
    }

    [GeneratedRegex("[\\x00- ]*[\\x00-\\x1F][\\x00- ]*", RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();

    [GeneratedRegex("^\"(.*)\"$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex("\\{([^}]*)\\}", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
