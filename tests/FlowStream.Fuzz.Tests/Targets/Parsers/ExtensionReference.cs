using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FlowStream.Parsing;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Panos;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// The slow second opinion on CEF and LEEF: pairs by a regular expression. Whatever the event holds is the value of a pair or stands in
/// the header, and a pair whose key is in no table is an extra.
/// </summary>
internal static partial class ExtensionReference
{
    private const string Vendor = @"[\x00-\x20]*Palo Alto Networks[\x00-\x20]*\|";

    // A pipe after a backslash belongs to its field.
    private const string Part = @"(?<part>(?:[^|]|(?<=\\)\|)*)(?<!\\)\|";

    private static readonly char[] White = [.. Enumerable.Range(0, 33).Select(i => (char)i)];

    private static readonly string[] Nothing = ["", "n/a", "na", "na na", "none", "unknown"];

    private static readonly HashSet<string> Known =
    [
        .. ExtensionTable.Lines.SelectMany(line => $"{line.Cef} {line.Leef}".Split(' ')), "dtz", "in", "out", "cat",
    ];

    /// <summary>What the event has otherwise than the message, or null.</summary>
    public static string? Difference(byte[] message, SessionEvent read)
    {
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        // Other text may look like a header too; which one it is is the affair of the headers' own target.
        HeaderReader.Read(MessageTrimming.Trim(message, out int start), out MessageHeader found);
        text = text[(start + found.Position)..];
        bool cef = read.Shape == MessageShape.PanosCef;
        Match header = (cef ? CefHeader() : LeefHeader()).Match(text);
        if (!header.Success) return "the message has no header";
        string body = text[(header.Index + header.Length)..];
        List<(string Key, string Value)> pairs = Pairs(body, cef ? ' ' : Delimiter(header.Groups["delimiter"].Value, body), cef);
        HashSet<string> printed = [.. pairs.Select(p => p.Value), .. header.Groups["part"].Captures.Select(c => c.Value.Trim(White))];
        foreach (Field field in Enum.GetValues<Field>())
            if (read.Has(field) && !printed.Contains(Latin1(read.Text(field)))) return $"{field} is \"{Latin1(read.Text(field))}\"";
        List<(string Key, string Value)> extras =
            [.. Enumerable.Range(0, read.ExtraCount).Select(i => (Latin1(read.ExtraKey(i)), Latin1(read.ExtraValue(i))))];
        (string Key, string Value) wrong = extras.Find(e => !printed.Contains(e.Value));
        if (wrong.Key is not null) return $"the extra {wrong}";
        wrong = pairs.Find(p => !IsKnown(p.Key) && !Nothing.Contains(p.Value.ToLowerInvariant()) && !extras.Remove(p));
        return wrong.Key is null ? null : $"the pair {wrong} is not there";
    }

    private static bool IsKnown(string key) => Known.Contains(key) || Custom().IsMatch(key);

    private static List<(string Key, string Value)> Pairs(string text, char delimiter, bool escaped)
    {
        string c = Regex.Escape($"{delimiter}");
        string pattern = delimiter == ' '
            ? @"(?:\A|(?<=[\x00-\x20]))(?<key>[A-Za-z0-9_.-]+)=(?<value>(?:(?![\x00-\x20][A-Za-z0-9_.-]+=)[\S\s])*)"
            : $@"(?:\A|(?<=[{c}\x00-\x20]))(?<key>[A-Za-z0-9_.-]+)=(?<value>[^{c}]*)(?:[{c}]|\z)";
        return
        [
            .. Regex.Matches(text.TrimStart([.. White, delimiter]), pattern)
                .Select(m => (m.Groups["key"].Value, Value: m.Groups["value"].Value.Trim(White)))
                .Select(p => (p.Item1, escaped ? Resolve(p.Value) : p.Value)),
        ];
    }

    private static string Resolve(string value) => Escape().Replace(value, match => match.Groups[1].Value);

    // LEEF 1.0 means a tab and is often wrong about it.
    private static char Delimiter(string text, string body) => text.Length switch
    {
        0 => body.Contains('\t', StringComparison.Ordinal) ? '\t' : body.Contains('|', StringComparison.Ordinal) ? '|' : ' ',
        1 => text[0],
        _ => (char)int.Parse(text[(text.IndexOfAny(['x', 'X']) + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
    };

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    [GeneratedRegex("CEF:" + Part + Vendor + "(?:" + Part + "){5}")]
    private static partial Regex CefHeader();

    [GeneratedRegex(
        "LEEF:(?<version>" + Part + ")" + Vendor + "(?:" + Part + @"){3}(?:(?<=LEEF:2\.0\|.*)(?<delimiter>[^|=]*)\|)?",
        RegexOptions.Singleline)]
    private static partial Regex LeefHeader();

    [GeneratedRegex(@"\A(?:c[sn]|flexString|flexNumber|cfp|c6a|flexDate)[0-9](?:Label)?\z|\ADevice|Type\z|\AdevTimeFormat\z")]
    private static partial Regex Custom();

    [GeneratedRegex(@"\\([\\=|])")]
    private static partial Regex Escape();
}
