using System.Reflection;
using System.Text.Json;
using System.Text;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests;

/// <summary>Lines captured from real devices, where the folder that holds them is there; they are not part of the repository.</summary>
public sealed class CorpusTests
{
    // Test input of another project that was cut after the third parameter: it shows no flow, so there is nothing to join it with.
    private const string CutAfterThreeParameters = " reason=\"TCP RST\" source-address=\"4.0.0.1\" source-port=\"13175\"]";

    // A capture whose clock printed a blank inside the time.
    private const string BrokenTimestamp = "T00: 6:15.274 ";

    // The manual's page turned an opening quote into a typographic one, which is no quote in RFC 5424.
    private const string TypographicQuote = "nat-destination-address=\u201D";

    private static readonly HashSet<string> Tags =
        [.. Enum.GetValues<EventTag>().Where(tag => tag != EventTag.None).Select(tag => tag.Name())];

    public static string CorpusFile => Path.GetFullPath(Path.Combine(
        typeof(CorpusTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "../shared/corpus/juniper.jsonl"));

    [CorpusFact]
    public void Every_captured_message_of_this_format_parses()
    {
        int parsed = 0;
        foreach (string message in File.ReadLines(CorpusFile).Select(Raw).OfType<string>())
        {
            Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes(message), new SessionEvent());
            RefusalReason expected = message.Contains(BrokenTimestamp, StringComparison.Ordinal) ? RefusalReason.BadTimestamp
                : message.EndsWith(CutAfterThreeParameters, StringComparison.Ordinal) ? RefusalReason.MissingField
                : message.Contains(TypographicQuote, StringComparison.Ordinal) ? RefusalReason.MalformedParameter
                : RefusalReason.None;
            Assert.True(refusal.Reason == expected, $"{refusal} in {message}");
            if (refusal.Accepted) parsed++;
        }
        Assert.True(parsed > 0, $"No message of this format in {CorpusFile}.");
    }

    [CorpusFact]
    public void Every_captured_sentence_parses()
    {
        string[] sentences = [.. File.ReadLines(CorpusFile).Select(Sentence).OfType<string>()];
        Assert.NotEmpty(sentences);
        foreach (string message in sentences)
        {
            Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes(message), new SessionEvent());
            Assert.True(refusal.Accepted, $"{refusal} in {message}");
        }
    }

    // Standard messages; a line that says how often the one before it was repeated is none of a session.
    private static string? Sentence(string line)
    {
        using var document = JsonDocument.Parse(line);
        string raw = document.RootElement.GetProperty("raw").GetString()!;
        return document.RootElement.GetProperty("form").GetString() == "unstructured"
            && !raw.Contains("last message repeated", StringComparison.Ordinal) ? raw : null;
    }

    // Structured messages with an RFC 5424 header and a tag that is parsed.
    private static string? Raw(string line)
    {
        using var document = JsonDocument.Parse(line);
        string raw = document.RootElement.GetProperty("raw").GetString()!;
        string tag = document.RootElement.GetProperty("event").GetString()!;
        bool structured = document.RootElement.GetProperty("form").GetString()!.StartsWith("structured-data", StringComparison.Ordinal);
        return structured && Tags.Contains(tag) && raw.StartsWith('<') && raw.Contains(">1 ", StringComparison.Ordinal) ? raw : null;
    }
}
