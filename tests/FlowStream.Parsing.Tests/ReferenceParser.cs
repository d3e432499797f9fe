using System.Text;
using System.Text.RegularExpressions;

namespace FlowStream.Parsing.Tests;

/// <summary>
/// The slow second opinion: the same grammar as regular expressions. It says which names and values a message holds, in the order
/// printed, escapes resolved and blanks trimmed, or null when the message is not of that grammar.
/// </summary>
internal static partial class ReferenceParser
{
    public static List<(string Key, string Value)>? Parameters(byte[] message)
    {
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        Match match = Message().Match(text);
        if (!match.Success) return null;
        var found = new List<(string, string)>();
        for (int i = 0; i < match.Groups["key"].Captures.Count; i++)
            found.Add((match.Groups["key"].Captures[i].Value, Resolve(match.Groups["value"].Captures[i].Value)));
        return found;
    }

    private static string Resolve(string value) =>
        Trim(Escape().Replace(value, "$1"));

    private static string Trim(string value) => value.Trim([.. Enumerable.Range(0, 33).Select(i => (char)i)]);

    [GeneratedRegex("""
        ^(?:\u00EF\u00BB\u00BF)?<[0-9]{1,3}>1[ ](?:[^ \n]*[ \n]){4}[^ \n]*[ \n]
        (?:\[(?:[^ \t\r\n=\]"]*(?=[ \t\r\n\]])|)(?:[ \t\r\n]*(?<key>[!-~-[="\]]]+)="(?<value>(?:[^"\\]|\\[\S\s])*)")*[ \t\r\n]*\])+
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex("""\\(["\\\]])""", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
