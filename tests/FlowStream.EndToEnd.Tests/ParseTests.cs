using System.Text;
using System.Text.Json.Nodes;

namespace FlowStream.EndToEnd.Tests;

public sealed class ParseTests
{
    private const string Cef = "CEF:0|Palo Alto Networks|PAN-OS|11.1.2|end|TRAFFIC|1|deviceExternalId=00705 src=192.0.2.1 dst=192.0.2.2 "
        + "spt=1 dpt=2 proto=tcp cn1=41 flexString1=0x2400000 dvchost=fw-1 start=May 01 2026 08:28:10 GMT cs1=allow web externalId=";

    private static readonly byte[] Lines = Encoding.UTF8.GetBytes(
        Cef + "100 cn3=8\n" + Cef + "101 cn3=soon\n" + Cef + "104\n" + Cef + "104\n" + "CEF:0|Palo Alto Networks|PAN-OS|1|url|THREAT|1|\n"
        + new string('x', 70_000) + "\n" + "garbage\n");

    [Fact]
    public void Every_line_becomes_one_line_in_order_with_what_was_read_repaired_or_refused()
    {
        (string output, _) = FlowStreamProcess.RunWithInput(0, Lines, "parse", "-");
        JsonNode[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

        Assert.Equal(
            ["close", "close", "close", "close", "unknown-log-type", "too-long", "no-syslog-header"],
            lines.Select(line => (string?)line["reason"] ?? (string)line["kind"]!));
        JsonNode first = lines[0];
        Assert.Equal(
            ("TRAFFIC", "panos-cef", "paloalto", "fw-1", "2026-05-01T08:28:10.000Z", "allow web", 8),
            (Text(first, "tag"), Text(first, "shape"), Text(first, "device_vendor"), Text(first, "device_host"), Text(first, "event_time"),
                Text(first, "policy_name"), (int)first["elapsed_time"]!));
        Assert.Equal("0x02400000", Text(first, "session_flags"));
        Assert.Equal(["ipv6", "nat"], first["flags"]!.AsArray().Select(flag => (string)flag!));
        Assert.Null(first["repairs"]);
        Assert.Equal(["unreadable-value"], lines[1]["repairs"]!.AsArray().Select(repair => (string)repair!));
    }

    [Fact]
    public void The_statistics_count_everything_with_a_first_example_and_what_never_came()
    {
        (string output, _) = FlowStreamProcess.RunWithInput(0, Lines, "parse", "-", "--stats");

        Assert.Contains("7 messages: 4 understood, 3 refused", output, StringComparison.Ordinal);
        Assert.Matches(@"TRAFFIC close +│ +4 ", output);
        Assert.Matches(@"panos-cef +│ +4 ", output);
        Assert.Matches(@"unreadable-value +│ +1 │ message 2, ""CEF:0\|", output);
        Assert.Matches(@"unknown-log-type +│ +1 │ message 5, byte 38: ", output);
        Assert.Matches(@"too-long +│ +1 ", output);
        // 100, 101, 104, 104: two numbers never came, one came twice.
        Assert.Matches(@"""00705"" +│ +3 +│ +2 +│ +1 ", output);
    }

    private static string? Text(JsonNode line, string name) => (string?)line[name];
}
