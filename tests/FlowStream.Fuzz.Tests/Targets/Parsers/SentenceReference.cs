using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FlowStream.Parsing;
using FlowStream.Parsing.Junos;
using FlowStream.Parsing.Tests.Sentence;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>
/// The slow second opinion on sentences: there is a release whose text, filled with the event's values, is the message. It uses the
/// vendor's templates and none of the parser's tables.
/// </summary>
internal static partial class SentenceReference
{
    // How a release prints that a value is not there; what the event does not have must be one of them, or end the message early.
    private const string Absent =
        @"[\x00-\x20]*""?(?i:n/a|na[\x00-\x20]+na|na|none|unknown|inconclusive|-1|0|0\.0\.0\.0(?:/0)?|::(?:/0)?|)""?[\x00-\x20]*";

    private const string White = @"[\x00-\x20]";

    /// <summary>What is wrong, or null.</summary>
    public static string? Difference(byte[] message, SessionEvent read)
    {
        if (read.Shape != MessageShape.JunosUnstructured || read.Tag == EventTag.LastMessageRepeated) return null;
        // What was read as absent because it is none of its kind is counted, and cannot be told from what was lost here.
        if ((read.Repairs & Repair.UnreadableValue) != 0) return null;
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        Dictionary<string, string> values = Values(read);
        string tag = read.Tag.Name();
        bool fits = SentenceForms.All.Where(form => form.Tag == tag).Any(form => Pattern(form.Template, values).IsMatch(text));
        return fits ? null : $"no release prints this event of {values.Count} values so: {text}";
    }

    // A message ends early where the transport cut off what is empty; blanks may be doubled, and be line breaks. Tags and rule types came
    // with other releases than the values after them.
    private static Regex Pattern(string template, Dictionary<string, string> values)
    {
        string[] pieces = template.Split(' ');
        int head = Array.FindLastIndex(pieces, piece => piece.Contains("zone", StringComparison.Ordinal));
        var pattern = new StringBuilder();
        for (int i = 0; i < pieces.Length; i++)
        {
            bool optional = Optional().IsMatch(pieces[i]);
            if (i > head) pattern.Append("(?:");
            if (optional) pattern.Append("(?:");
            if (i > 0) pattern.Append(White).Append('+');
            string piece = Regex.Escape(pieces[i])
                .Replace("\\{", "{", StringComparison.Ordinal).Replace("->", "-+>", StringComparison.Ordinal);
            pattern.Append(Key().Replace(piece, match => Value(match.Groups[1].Value, values)));
            if (optional) pattern.Append(")?");
        }
        for (int i = head + 1; i < pieces.Length; i++) pattern.Append(")?");
        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }

    // A line break in a value of several words stands for a blank; a tag is printed in hexadecimal digits.
    private static string Value(string key, Dictionary<string, string> values)
    {
        if (key.EndsWith("connection-tag", StringComparison.Ordinal)) return "[0-9a-fA-F]+";
        if (values.TryGetValue(key, out string? value)) return $"{White}*{Blanks().Replace(Regex.Escape(value), $"{White}+")}{White}*";
        // What one value says about another may take it away.
        return key.EndsWith("-port", StringComparison.Ordinal) || key == "icmp-type" ? $"(?:{Absent}|[0-9]*)" : Absent;
    }

    private static Dictionary<string, string> Values(SessionEvent read)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Field field in Enum.GetValues<Field>())
        {
            if (!read.Has(field)) continue;
            foreach (DeviceKey key in FieldTable.Definition(field).Keys) values[key.Name] = Latin1(read.Text(field));
        }
        for (int i = 0; i < read.ExtraCount; i++) values.TryAdd(Latin1(read.ExtraKey(i)), Latin1(read.ExtraValue(i)));
        return values;
    }

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    [GeneratedRegex("""\{([a-z0-9-]+)\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex("connection-tag|rule-type")]
    private static partial Regex Optional();

    [GeneratedRegex(@"(?:\\ )+")]
    private static partial Regex Blanks();
}
