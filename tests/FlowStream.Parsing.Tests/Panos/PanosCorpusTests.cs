using System.Text;
using System.Text.Json;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>Lines captured from real devices, where the folder that holds them is there; they are not part of the repository.</summary>
public sealed class PanosCorpusTests
{
    // Templates of another project's tests, whose host and times were never filled in: they are refused as such.
    private const int Templates = 5;

    [CorpusFact]
    public void Every_captured_line_of_columns_parses_but_for_templates()
    {
        int parsed = 0, templates = 0;
        foreach (string file in File.ReadLines(Path.Combine(Path.GetDirectoryName(CorpusTests.CorpusFile)!, "panos.jsonl")))
        {
            using var document = JsonDocument.Parse(file);
            if (document.RootElement.GetProperty("form").GetString() != "CSV") continue;
            string raw = document.RootElement.GetProperty("raw").GetString()!;
            var sessionEvent = new SessionEvent();
            Refusal refusal = SyslogParser.Parse(Encoding.UTF8.GetBytes(raw), sessionEvent);
            if (refusal.Reason == RefusalReason.TemplatePlaceholder && raw.Contains("{{ time }}", StringComparison.Ordinal))
            {
                templates++;
                continue;
            }
            Assert.True(refusal.Accepted, $"{refusal} in {raw}");
            string subtype = document.RootElement.GetProperty("subtype").GetString()!;
            Assert.Equal(subtype switch { "end" => EventKind.Close, "start" => EventKind.Start, _ => EventKind.Deny }, sessionEvent.Kind);
            parsed++;
        }
        Assert.Equal((15 - Templates, Templates), (parsed, templates));
    }
}
