using System.Reflection;
using System.Text;
using System.Text.Json;

namespace FlowStream.Parsing.Tests;

/// <summary>Lines captured from real devices, where the folder that holds them is there; they are not part of the repository.</summary>
public sealed class CorpusTests
{
    // Test input of another project that was cut after the third parameter: it shows no flow, so there is nothing to join it with.
    private const string CutAfterThreeParameters = " reason=\"TCP RST\" source-address=\"4.0.0.1\" source-port=\"13175\"]";

    // The same input, its closing bracket cut off too.
    private const string CutBeforeItsBracket = " reason=\"TCP RST\" source-address=\"4.0.0.1\" source-port=\"13175\"";

    public static string CorpusFile => Path.GetFullPath(Path.Combine(
        typeof(CorpusTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "../shared/corpus/juniper.jsonl"));

    [CorpusFact]
    public void Every_captured_message_parses_but_for_those_that_show_no_session()
    {
        int messages = 0;
        foreach (string line in File.ReadLines(CorpusFile))
        {
            using var document = JsonDocument.Parse(line);
            string message = document.RootElement.GetProperty("raw").GetString()!;
            Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes(message), new SessionEvent());
            Assert.True(refusal.Reason == Expected(message), $"{refusal} in {message}");
            messages++;
        }
        Assert.Equal(62, messages);
    }

    // What an agent has flattened to JSON is no syslog any more: it is refused as such.
    private static RefusalReason Expected(string message) => message switch
    {
        _ when message.StartsWith('{') => RefusalReason.FlattenedJson,
        _ when message.EndsWith(CutAfterThreeParameters, StringComparison.Ordinal) => RefusalReason.MissingField,
        _ when message.EndsWith(CutBeforeItsBracket, StringComparison.Ordinal) => RefusalReason.UnterminatedStructuredData,
        _ => RefusalReason.None,
    };
}
