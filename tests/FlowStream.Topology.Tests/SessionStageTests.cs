using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Streams;
using FlowStream.Streams.Driver;
using FlowStream.Testing;

namespace FlowStream.Topology.Tests;

public sealed class SessionStageTests
{
    private const long Start = 1_777_624_020_000;

    private const string Cef =
        "CEF:0|Palo Alto Networks|PAN-OS|11.1|start|TRAFFIC|1|src=192.0.2.1 dst=192.0.2.2 spt=1 dpt=2 proto=6 cn1=7 ";

    [Fact]
    public void A_session_becomes_one_record_and_windows_that_add_up()
    {
        using var run = new TopologyRun();
        run.Pipe(JunosLine.Create(1, Start + 30_000), Start + 30_000);
        run.Pipe(JunosLine.Close(1, Start + 150_000, 120, 1_000_003), Start + 150_000);
        run.Driver.Flush();

        JsonNode session = Assert.Single(run.Read(FlowTopics.Sessions));
        Assert.Equal((string?)session["key"], (string?)session["value"]!["session_key"]);
        Assert.Equal("complete", (string?)session["value"]!["completeness"]);
        Assert.Equal("tcp-fin", (string?)session["value"]!["end_reason"]);

        List<JsonNode> windows = run.Read(FlowTopics.Bandwidth);
        Assert.Equal(
            ["total//2026-05-01T08:27:00Z", "total//2026-05-01T08:28:00Z", "total//2026-05-01T08:29:00Z"], Keys(windows, "total"));
        // The create message knew no application yet: the session began under the key that has none.
        Assert.Equal(
            [
                "application//2026-05-01T08:27:00Z",
                "application/application=HTTP/2026-05-01T08:27:00Z",
                "application/application=HTTP/2026-05-01T08:28:00Z",
                "application/application=HTTP/2026-05-01T08:29:00Z",
            ],
            Keys(windows, "application").Order(StringComparer.Ordinal));
        Assert.Equal(1_000_003, Sum(windows, "total", "bytes_from_client"));
        Assert.Equal(3_000_009, Sum(windows, "application", "bytes_from_server"));
        Assert.Equal(1, Sum(windows, "total", "sessions_opened"));
        Assert.Equal(1, Sum(windows, "application", "sessions_closed"));
        Assert.All(windows, window => Assert.True((bool)window["value"]!["final"]!));
    }

    [Fact]
    public void An_end_reason_that_is_not_listed_is_kept_counted_and_shown_in_the_log_once()
    {
        using var logs = new TestLoggerFactory();
        using var run = new TopologyRun(logs: logs);
        using var metrics = new CountedMetrics();
        for (int i = 0; i < 3; i++) run.Pipe(JunosLine.Close(i, Start + i, 1, 1000, reason: "Closed by junos-\u00FC"), Start + i);
        run.Driver.Flush();
        Assert.All(run.Read(FlowTopics.Sessions), session =>
        {
            Assert.Equal("unknown", (string?)session["value"]!["end_reason"]);
            Assert.Equal("Closed by junos-\u00FC", (string?)session["value"]!["end_reason_raw"]);
        });
        Assert.Equal(3, metrics["flowstream.messages.reason_unlisted"]);
        Assert.Equal(1, logs.Lines.Count(line => line.Message.Contains("\"Closed by junos-\\xC3\\xBC\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_denial_is_keyed_by_its_flow_and_counted()
    {
        using var run = new TopologyRun();
        run.Pipe(JunosLine.Deny(5, Start), Start);
        run.Driver.Flush();
        JsonNode denial = Assert.Single(run.Read(FlowTopics.Denials));
        Assert.Equal("192.0.2.5", (string?)denial["value"]!["source_address"]);
        Assert.StartsWith("6 192.0.2.5/20005->198.51.100.7/443", (string?)denial["key"], StringComparison.Ordinal);
        Assert.Equal(1, Sum(run.Read(FlowTopics.Bandwidth), "total", "denials"));
    }

    [Fact]
    public void A_message_that_cannot_be_read_is_a_dead_letter_with_its_key_bytes_headers_and_reason()
    {
        using var run = new TopologyRun();
        byte[] line = JunosLine.Create(1, Start);
        byte[] broken = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).Replace("192.0.2.1", "no address", StringComparison.Ordinal));
        var headers = new RecordHeaders(new KeyValuePair<string, byte[]>("flow.source", "192.0.2.99:514"u8.ToArray()));
        run.Pipe(line, Start);
        run.Driver.Pipe(FlowTopics.Raw, "k"u8, broken, Start + 7, headers);
        run.Driver.Run();

        OutputRecord letter = Assert.Single(run.Driver.Read(FlowTopics.DeadLetter));
        Assert.Equal("k"u8.ToArray(), letter.Key);
        Assert.Equal(broken, letter.Value);
        Assert.Equal(Start + 7, letter.Timestamp);
        Dictionary<string, string> all = Enumerable.Range(0, letter.Headers.Count)
            .ToDictionary(letter.Headers.Name, index => Encoding.UTF8.GetString(letter.Headers.Value(index)));
        Assert.Equal("192.0.2.99:514", all["flow.source"]);
        Assert.Equal("bad-address", all["flow.error.reason"]);
        Assert.Equal("flow.raw.v1/0/1", all["flow.origin"]);
        Assert.Contains("no address", all["flow.error.detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, 10, 10)]
    [InlineData(700_000, 100_000, 200_000)]
    [InlineData(10, 1_000_000, 10)]
    [InlineData(500_000, 10, 1_000_000)]
    public void A_message_too_large_for_a_dead_letter_is_cut_until_a_broker_takes_it(int value, int key, int header)
    {
        using var run = new TopologyRun();
        var headers = new RecordHeaders(new KeyValuePair<string, byte[]>("flow.source", new byte[header]));
        run.Driver.Pipe(FlowTopics.Raw, new byte[key], new byte[value], Start, headers);
        run.Driver.Run();

        OutputRecord letter = Assert.Single(run.Driver.Read(FlowTopics.DeadLetter));
        int size = letter.Key.Length + letter.Value.Length;
        for (int i = 0; i < letter.Headers.Count; i++) size += letter.Headers.Name(i).Length + letter.Headers.Value(i).Length;
        Assert.True(size < 950_000, $"{size} bytes");
        Assert.Equal(Math.Min(value, 400_000), Math.Min(letter.Value.Length, 400_000));
        string detail = Encoding.UTF8.GetString(letter.Headers.Value(letter.Headers.Count - 2));
        Assert.StartsWith($"cut from {value} bytes, the whole is at flow.origin; byte ", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.99:514", "192.0.2.99")]
    [InlineData("[2001:db8::1]:514", "2001:db8::1")]
    [InlineData(null, "unknown")]
    public void A_message_without_a_host_name_has_its_senders_address_as_device(string? source, string device)
    {
        using var run = new TopologyRun();
        byte[] line = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(JunosLine.Deny(5, Start)).Replace(" fw1 ", " - ", StringComparison.Ordinal));
        run.Pipe(line, Start, source is null ? null : new RecordHeaders(new KeyValuePair<string, byte[]>("flow.source", Bytes(source))));
        run.Driver.Run();
        Assert.Equal(device, (string?)Assert.Single(run.Read(FlowTopics.Denials))["value"]!["device_host"]);
    }

    [Fact]
    public void Every_message_is_parsed_or_a_dead_letter()
    {
        using var counted = new CountedMetrics();
        using var run = new TopologyRun();
        var random = new Random(11);
        var garbage = new byte[200];
        for (int i = 0; i < 500; i++)
        {
            byte[] line = JunosLine.Create(i, Start + i);
            if (i % 3 == 0) line[random.Next(line.Length)] = (byte)random.Next(256);
            if (i % 50 == 0)
            {
                random.NextBytes(garbage);
                line = garbage;
            }
            run.Driver.Pipe(FlowTopics.Raw, default, line, Start + i);
        }
        run.Driver.Run();
        int letters = run.Driver.Read(FlowTopics.DeadLetter).Count;
        Assert.True(letters >= 10);
        Assert.Equal(letters, counted["flowstream.messages.deadlettered"]);
        Assert.Equal(500, counted["flowstream.messages.parsed"] + letters);
    }

    [Fact]
    public void What_was_wrong_and_read_all_the_same_is_counted_once_for_each_fault()
    {
        using var counted = new CountedMetrics();
        using var run = new TopologyRun();
        foreach (string fields in new[] { "cn3=8", "cn3=soon", "start=5/1/2026 8:28 cn3=soon", "start=5/1/2026 8:28 cn3=8" })
            run.Pipe(Bytes(Cef + fields), Start);
        run.Driver.Run();
        Assert.Equal(4, counted["flowstream.messages.parsed"]);
        Assert.Equal(4, counted["flowstream.messages.repaired"]);
        run.Pipe(Bytes(Cef + "cn3=late"), Start);
        run.Driver.Run();
        Assert.Equal(5, counted["flowstream.messages.repaired"]);
    }

    [Theory]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|url|THREAT|1|src=192.0.2.1", "unknown-log-type", "byte 38: ")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|x\u0007\n", "malformed-extension", "byte 48: ")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|\u001b[1m|", "malformed-extension", "byte 39: ")]
    [InlineData("<14>May  1 08:28:12 fw 1,x,y,TRAFFIC,end,\"open", "malformed-columns", "byte 41: ")]
    [InlineData("<14>May  1 08:28:12 fw RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed", "malformed-sentence", "byte ")]
    public void A_dead_letter_of_any_format_says_why_and_where_in_printable_text(string message, string reason, string detail)
    {
        using var run = new TopologyRun();
        run.Pipe(Encoding.Latin1.GetBytes(message), Start);
        run.Driver.Run();
        JsonNode letter = Assert.Single(run.Read(FlowTopics.DeadLetter))["value"]!;
        Assert.Equal(reason, (string?)letter["reason"]);
        string text = (string)letter["detail"]!;
        Assert.StartsWith(detail, text, StringComparison.Ordinal);
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void A_record_of_the_partials_topic_that_is_none_is_a_dead_letter()
    {
        using var run = new TopologyRun();
        run.Driver.Pipe("driver-partials", "key"u8, "value"u8, Start);
        run.Driver.Run();
        JsonNode letter = Assert.Single(run.Read(FlowTopics.DeadLetter));
        Assert.Equal("malformed-partial", (string?)letter["value"]!["reason"]);
        Assert.Equal("value", (string?)letter["value"]!["raw"]);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Keys(List<JsonNode> windows, string aggregation) =>
        Of(windows, aggregation).Select(window => (string)window["key"]!);

    private static long Sum(List<JsonNode> windows, string aggregation, string field) =>
        Of(windows, aggregation).Sum(window => (long)window["value"]![field]!);

    private static IEnumerable<JsonNode> Of(List<JsonNode> windows, string aggregation) =>
        windows.Where(window => (string?)window["value"]!["aggregation"] == aggregation
            && !((string)window["key"]!).Contains("/PT", StringComparison.Ordinal));
}
