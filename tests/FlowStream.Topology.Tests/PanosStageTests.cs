using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowStream.Topology.Tests;

public sealed class PanosStageTests
{
    // 2026-05-01T08:28:12Z, a second after the device wrote its log.
    private const long Received = 1_777_624_092_000;

    [Fact]
    public void An_end_log_has_the_whole_session_and_its_bytes_lie_between_its_start_and_its_end()
    {
        using var run = new TopologyRun();
        run.Pipe(Line("end", 130, "tcp-fin"), Received);
        run.Driver.Flush();
        JsonNode session = Assert.Single(run.Read(FlowTopics.Sessions))["value"]!;
        Assert.Equal("paloalto", (string?)session["device_vendor"]);
        Assert.Equal("edge-pa1", (string?)session["device_host"]);
        Assert.Equal("vsys1", (string?)session["logical_system"]);
        Assert.Equal("2026-05-01T08:25:30.000Z", (string?)session["start_time"]);
        Assert.Equal("2026-05-01T08:27:40.000Z", (string?)session["end_time"]);
        Assert.Equal("no_create", (string?)session["completeness"]);
        Assert.Equal("012345678901", (string?)session["device_serial"]);
        Assert.Equal("tcp-fin", (string?)session["end_reason"]);
        Assert.Equal("source", (string?)session["nat"]);
        Assert.Equal(["TRAFFIC"], session["sources"]!.AsArray().Select(source => (string?)source));
        List<JsonNode> windows = [.. run.Read(FlowTopics.Bandwidth).Where(w => (string?)w["value"]!["aggregation"] == "total"
            && !((string)w["key"]!).Contains("/PT", StringComparison.Ordinal))];
        Assert.Equal(
            ["2026-05-01T08:25:00.000Z", "2026-05-01T08:26:00.000Z", "2026-05-01T08:27:00.000Z"],
            windows.Select(window => (string?)window["value"]!["window_start"]).Order(StringComparer.Ordinal));
        Assert.Equal(1732, windows.Sum(window => (long)window["value"]!["bytes_from_client"]!));
        Assert.Equal(1900, windows.Sum(window => (long)window["value"]!["bytes_from_server"]!));
    }

    [Fact]
    public void A_drop_is_a_denial_and_a_start_log_opens_a_session()
    {
        using var run = new TopologyRun();
        run.Pipe(Line("drop", 0, "policy-deny"), Received);
        run.Pipe(Line("start", 0, "n/a"), Received);
        run.Driver.Flush();
        JsonNode denial = Assert.Single(run.Read(FlowTopics.Denials))["value"]!;
        Assert.Equal("paloalto", (string?)denial["device_vendor"]);
        Assert.Equal("012345678901", (string?)denial["device_serial"]);
        Assert.Equal("policy-deny", (string?)denial["reason"]);
        Assert.Equal("no_close", (string?)Assert.Single(run.Read(FlowTopics.Sessions))["value"]!["completeness"]);
        Assert.Empty(run.Read(FlowTopics.DeadLetter));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    [InlineData("0", 1)]
    [InlineData("9223372036854775807", 65_535)]
    public void A_drop_that_stands_for_several_counts_as_often(string repeated, int denials)
    {
        using var run = new TopologyRun();
        string line = Encoding.ASCII.GetString(Line("drop", 0, "policy-deny"))
            .Replace(",344092,1,", $",344092,{repeated},", StringComparison.Ordinal);
        run.Pipe(Encoding.ASCII.GetBytes(line), Received);
        run.Driver.Flush();
        Assert.Single(run.Read(FlowTopics.Denials));
        JsonNode[] windows = [.. run.Read(FlowTopics.Bandwidth).Select(window => window["value"]!)];
        Assert.Contains(windows, window => (string?)window["aggregation"] == "total");
        Assert.All(windows, window => Assert.Equal(denials, (long)window["denials"]!));
    }

    [Theory]
    [InlineData(130)]
    [InlineData(30)]
    [InlineData(10)]
    public void A_session_ends_after_its_elapsed_time_however_long_the_device_waited_before_it_wrote_the_log(int elapsed)
    {
        using var run = new TopologyRun();
        run.Pipe(Line("end", elapsed, "aged-out", at: "08:05:30"), Received);
        run.Driver.Flush();
        JsonNode session = Assert.Single(run.Read(FlowTopics.Sessions))["value"]!;
        Assert.Equal("2026-05-01T08:05:30.000Z", (string?)session["start_time"]);
        Assert.Equal($"2026-05-01T08:{5 + ((30 + elapsed) / 60):00}:{(30 + elapsed) % 60:00}.000Z", (string?)session["end_time"]);
        Assert.Null(session["extras"]!["event_time_source"]);
    }

    private static byte[] Line(string subtype, int elapsed, string reason, string at = "08:25:30") => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <14>May  1 08:28:11 edge-pa1 1,2026/05/01 08:28:11,012345678901,TRAFFIC,{subtype},2561,2026/05/01 08:28:11,192.0.2.10,198.51.100.20,
        203.0.113.9,198.51.100.20,allow-web,example\kim,,ssl,vsys1,trust,untrust,ethernet1/2,ethernet1/1,fwd,2026/05/01 08:28:11,344092,1,
        51842,443,20417,443,0x400053,tcp,allow,3632,1732,1900,9,2026/05/01 {at},{elapsed},any,0,730277,0x0,192.0.2.0-192.0.2.255,
        198.51.100.0-198.51.100.255,0,4,5,{reason}
        """).ReplaceLineEndings(""));
}
