using System.Text;
using System.Text.RegularExpressions;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests.Headers;

/// <summary>
/// The messages of tests/corpora/headers: a title after <c>## </c>, a message, and after <c>= </c> what a person reads in its header.
/// </summary>
internal static partial class HeaderCorpus
{
    public const string Flow = "source-address=\"192.0.2.1\" source-port=\"1\" destination-address=\"198.51.100.1\" destination-port=\"2\" "
        + "protocol-id=\"6\"";

    private static readonly (string Name, string Text)[] Bodies =
    [
        ("{FLOW}", Flow),
        ("{SD}", $"[junos@2636.1.1.1.2.129 {Flow} session-id=\"7\"]"),
        ("{BARE}", $"[{Flow} session-id=\"7\"]"),
        ("{CREATED}", "session created 192.0.2.1/1->198.51.100.1/2 None 203.0.113.1/3->198.51.100.1/2 r1 None 6 p1 trust untrust 7"),
        ("{CLOSED}", "session closed TCP FIN: 192.0.2.1/1->198.51.100.1/2 None 203.0.113.1/3->198.51.100.1/2 r1 None 6 p1 trust untrust 7 "
            + "1(60) 1(52) 3"),
        ("{DENIED}", "session denied 192.0.2.1/1->198.51.100.1/2 None 6(0) p1 trust untrust"),
        ("{CSV}", "1,2026/05/01 08:28:10,0123456789AB,TRAFFIC,end,2049,2026/05/01 08:28:09,192.0.2.1,198.51.100.1,"),
    ];

    /// <summary>All messages of the files, by their titles.</summary>
    public static IReadOnlyDictionary<string, (string Message, SortedDictionary<string, string> Expected)> Messages { get; } = Read();

    /// <summary>What the header reader says about a message, with the names that the files use.</summary>
    public static SortedDictionary<string, string> Describe(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out _);
        Refusal refusal = HeaderReader.Read(trimmed, out MessageHeader header);
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string text = Encoding.Latin1.GetString(trimmed);
        if (header.Time is { } time) found["time"] = EventFields.Format(time);
        if (header.Host.Length > 0) found["host"] = text.Substring(header.Host.Offset, header.Host.Length);
        if (!refusal.Accepted)
        {
            found["reason"] = refusal.Reason.ToString();
            found["position"] = text[refusal.Position..];
            return found;
        }
        if (header.Repairs != Repair.None) found["repairs"] = header.Repairs.ToString();
        if (header.Tag.Length > 0) found["tag"] = text.Substring(header.Tag.Offset, header.Tag.Length);
        else if (header.TagNumber > 0) found["tag"] = TagTable.At(header.TagNumber).Definition.Name;
        found["body"] = header.Body.ToString();
        found["at"] = text[header.Position..];
        return found;
    }

    private static Dictionary<string, (string, SortedDictionary<string, string>)> Read()
    {
        var messages = new Dictionary<string, (string, SortedDictionary<string, string>)>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpora/headers"), "*.txt").Order())
        {
            string[] lines = [.. File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))];
            for (int i = 0; i + 2 < lines.Length; i += 3)
            {
                Assert.StartsWith("## ", lines[i], StringComparison.Ordinal);
                messages.Add($"{Path.GetFileNameWithoutExtension(file)}: {lines[i][3..]}", (Expand(lines[i + 1]), Expected(lines[i + 2])));
            }
        }
        return messages;
    }

    private static string Expand(string line)
    {
        foreach ((string name, string text) in Bodies) line = line.Replace(name, text, StringComparison.Ordinal);
        return Escape().Replace(line, match => Regex.Unescape(match.Value));
    }

    private static SortedDictionary<string, string> Expected(string line)
    {
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Assert.StartsWith("= ", line, StringComparison.Ordinal);
        foreach (string pair in line[2..].Split(" | "))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            expected.Add(pair[..equals], pair[(equals + 1)..]);
        }
        return expected;
    }

    [GeneratedRegex(@"\\(?:[ntr]|u[0-9A-F]{4})")]
    private static partial Regex Escape();
}
