using System.Text;
using System.Text.RegularExpressions;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>The slow second opinion on CEF and LEEF: keys and values by a regular expression, values not unescaped.</summary>
internal static partial class ReferencePairs
{
    /// <summary>The pairs, or null when they are not of the form.</summary>
    public static List<(string Key, string Value)>? Split(byte[] pairs, char delimiter)
    {
        string text = Encoding.Latin1.GetString(pairs);
        Match match = delimiter == ' ' ? Blanks().Match(text) : Delimited(delimiter).Match(text);
        if (!match.Success) return null;
        return [.. match.Groups["key"].Captures.Zip(match.Groups["value"].Captures, (k, v) => (k.Value, v.Value.Trim(White)))];
    }

    private static readonly char[] White = [.. Enumerable.Range(0, 33).Select(i => (char)i)];

    private static Regex Delimited(char d)
    {
        string c = Regex.Escape($"{d}");
        return new Regex($@"\A[{c}\x00-\x20]*(?:(?<key>[A-Za-z0-9_.-]+)=(?<value>[^{c}]*)(?:[{c}\x00-\x20]+|\z))*\z");
    }

    // A value goes on as long as no blank and key with an equals sign follow.
    [GeneratedRegex(@"\A[\x00-\x20]*(?:(?<key>[A-Za-z0-9_.-]+)=(?<value>(?:(?![\x00-\x20][A-Za-z0-9_.-]+=)[\S\s])*)(?:[\x00-\x20]|\z))*\z")]
    private static partial Regex Blanks();
}
