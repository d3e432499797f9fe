using System.Text;
using System.Text.RegularExpressions;
using FlowStream.Parsing;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Tests;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>Compares an event of structured data with what the slow reader of its grammar finds in the message.</summary>
internal static partial class StructuredReference
{
    /// <summary>What the event holds and the message does not, or null.</summary>
    public static string? Difference(byte[] message, SessionEvent read)
    {
        if (read.Shape != MessageShape.JunosStructured) return null;
        HeaderReader.Read(MessageTrimming.Trim(message, out _), out MessageHeader header);
        List<(string Key, string Value)>? parameters = ReferenceParser.Parameters(message, header.Position);
        if (parameters is null) return HasRelayElement(message) ? null : "the message is not of the grammar";
        parameters = [.. parameters.Select(p => (p.Key, OnOneLine(p.Value)))];
        HashSet<string> values = [.. parameters.Select(p => p.Value)];
        foreach (Field field in Enum.GetValues<Field>())
            if (read.Has(field) && !values.Contains(OnOneLine(Latin1(read.Text(field))))) return $"{field} is {Latin1(read.Text(field))}";
        for (int i = 0; i < read.ExtraCount; i++)
        {
            (string, string) extra = (Latin1(read.ExtraKey(i)), OnOneLine(Latin1(read.ExtraValue(i))));
            if (!parameters.Contains(extra)) return extra.ToString();
        }
        return null;
    }

    // A line break inside a value is a blank.
    private static string OnOneLine(string value) => Blanks().Replace(value, " ");

    // What a relay wrote is passed over unread.
    private static bool HasRelayElement(byte[] message) =>
        Latin1(message) is var text && (text.Contains("[origin", StringComparison.Ordinal)
            || text.Contains("[meta", StringComparison.Ordinal) || text.Contains("[timeQuality", StringComparison.Ordinal));

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();
}
