using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Streams.Driver;

namespace FlowStream.Topology.Tests;

public sealed class PathStageTests
{
    // 2026-05-01T08:28:00Z: the start of a minute.
    private const long Minute = 1_777_624_080_000;

    [Fact]
    public void A_report_is_a_record_of_its_path_and_goes_into_the_window_of_its_minute()
    {
        using var run = new TopologyRun();
        run.Pipe(Report(Minute + 5_000, rtt: "63674", jitter: "102"), Minute + 5_000);
        run.Pipe(Report(Minute + 35_000, rtt: "65675", jitter: "4294967295"), Minute + 35_000);
        run.Pipe(Report(Minute + 65_000, rtt: "1", jitter: "1"), Minute + 65_000);
        run.Driver.Flush();
        List<JsonNode> lines = run.Read(FlowTopics.Paths);
        Assert.All(lines, line => Assert.Equal("fw1/TC1_VPN/gr-0%2F0%2F0.1/site1/probe1", (string?)line["key"]));
        JsonNode first = Assert.Single(lines, line => (string?)line["value"]!["time"] == "2026-05-01T08:28:05.000Z")["value"]!;
        Assert.Equal("report", (string?)first["kind"]);
        Assert.Equal("ANY", (string?)first["application"]);
        Assert.Equal("sla1", (string?)first["sla_rule"]);
        Assert.Equal("rtt 1 793 253784 63674, rtt_jitter 1 102 102 102", Measures(first));
        Assert.Equal("59882", (string?)first["extras"]!["monitoring_time"]);
        JsonNode[] windows = [.. Windows(lines)];
        Assert.Equal(["2026-05-01T08:28:00.000Z", "2026-05-01T08:29:00.000Z"], windows.Select(w => (string?)w["time"]));
        Assert.Equal("2026-05-01T08:29:00.000Z", (string?)windows[0]["window_end"]);
        // The mean of 63674 and 65675 rounded; of the jitter one was no measurement.
        Assert.Equal("rtt 2 793 253784 64675, rtt_jitter 1 102 102 102", Measures(windows[0]));
        Assert.Empty(run.Read(FlowTopics.DeadLetter));
        Assert.Empty(run.Read(FlowTopics.Sessions));
    }

    [Fact]
    public void A_late_report_is_a_correction_of_its_window()
    {
        using var run = new TopologyRun();
        run.Pipe(Report(Minute + 5_000, rtt: "1000", jitter: "5"), Minute + 5_000);
        run.Pipe(Report(Minute + 240_000, rtt: "1000", jitter: "5"), Minute + 240_000);
        run.Driver.Run();
        run.Pipe(Report(Minute + 300_000, rtt: "1000", jitter: "5"), Minute + 300_000);
        run.Driver.Run();
        run.Pipe(Report(Minute + 6_000, rtt: "3000", jitter: "7"), Minute + 301_000);
        run.Driver.Flush();
        List<string> windows = [.. Windows(run.Read(FlowTopics.Paths)).Where(w => (string?)w["time"] == "2026-05-01T08:28:00.000Z")
            .Select(w => $"{w["revision"]} {Measures(w)}")];
        Assert.Equal("1 rtt 2 793 253784 2000, rtt_jitter 2 5 7 6", windows[^1]);
    }

    [Fact]
    public void A_selected_path_and_a_violation_are_records_and_the_reports_of_probes_too()
    {
        using var run = new TopologyRun();
        run.Pipe(Line("APPQOE_APP_BEST_PATH_SELECTED", Minute, " previous-interface=\"N/A\" reason=\"app detected\""), Minute);
        run.Pipe(Line("APPQOE_APP_SLA_METRIC_VIOLATION", Minute, " rtt=\"5537\" pkt-loss=\"0\" violation-reason=\"1\""), Minute);
        run.Pipe(
            Line(
                "APPQOE_ACTIVE_SLA_METRIC_REPORT", Minute,
                " source-address=\"192.0.2.2\" source-port=\"36051\" destination-address=\"192.0.2.1\" destination-port=\"36050\""
                + " protocol-id=\"17\" rtt=\"2383\" bytes-from-client=\"870240\""),
            Minute);
        run.Driver.Flush();
        List<JsonNode> lines = run.Read(FlowTopics.Paths);
        JsonNode[] records = [.. lines.Select(l => l["value"]!).Where(v => (string?)v["kind"] != "window")];
        Assert.Equal(["report", "selected", "violation"], records.Select(r => (string?)r["kind"]).Order(StringComparer.Ordinal));
        JsonNode probe = Assert.Single(records, r => (string?)r["kind"] == "report");
        Assert.Equal("870240", (string?)probe["extras"]!["bytes_from_client"]);
        Assert.Equal("app detected", (string?)Assert.Single(records, r => (string?)r["kind"] == "selected")["reason"]);
        Assert.Equal("pkt_loss 1 0 0 0, rtt 2 2383 5537 3960", Measures(Assert.Single(Windows(lines))));
        // A probe's packets are no traffic.
        Assert.Empty(run.Read(FlowTopics.Bandwidth));
    }

    [Fact]
    public void What_was_measured_survives_crashes_and_restarts_once()
    {
        List<string> expected = Run((_, _) => { });
        Assert.InRange(expected.Count, 5, 10);
        Assert.Equal(expected, Run((driver, i) => Again(driver, i % 10 == 9, driver.Crash)));
        Assert.Equal(expected, Run((driver, i) => Again(driver, i % 10 == 9, driver.Stop)));

        static void Again(TopologyDriver driver, bool now, Action<string> end)
        {
            if (!now) return;
            string instance = driver.Instances[0];
            end(instance);
            driver.Restart(instance);
        }
    }

    private static List<string> Run(Action<TopologyDriver, int> after)
    {
        using var run = new TopologyRun(new TopologyDriverOptions { Recoverable = true });
        for (int i = 0; i < 50; i++)
        {
            long at = Minute + (i * 7_000L);
            run.Pipe(Report(at, rtt: (1000 + i).ToString(CultureInfo.InvariantCulture), jitter: "4"), at);
            run.Driver.Run();
            after(run.Driver, i);
        }
        run.Driver.Flush();
        return [.. Latest(Windows(run.Read(FlowTopics.Paths)))];
    }

    private static IEnumerable<string> Latest(IEnumerable<JsonNode> windows) => windows.GroupBy(w => (string)w["time"]!)
        .Select(g => $"{g.Key} {Measures(g.MaxBy(w => (int)w["revision"]!)!)}").Order(StringComparer.Ordinal);

    private static IEnumerable<JsonNode> Windows(IEnumerable<JsonNode> lines) => lines.Select(line => line["value"]!)
        .Where(value => (string?)value["kind"] == "window").OrderBy(value => (string?)value["time"], StringComparer.Ordinal);

    private static string Measures(JsonNode record) => string.Join(
        ", ",
        record["measures"]!.AsArray().Select(m => $"{m!["name"]} {m["count"]} {m["min"]} {m["max"]} {m["mean"]}")
            .Order(StringComparer.Ordinal));

    private static byte[] Report(long time, string rtt, string jitter) => Line(
        "APPQOE_APP_PASSIVE_SLA_METRIC_REPORT", time,
        $" ingress-jitter=\"4294967295\" egress-jitter=\"4294967295\" rtt-jitter=\"{jitter}\" rtt=\"{rtt}\" pkt-loss=\"4294967295\""
        + " min-rtt=\"793\" max-rtt=\"253784\" probe-count=\"122\" monitoring-time=\"59882\"");

    private static byte[] Line(string tag, long time, string fields)
    {
        string stamp = DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(
            $"<14>1 {stamp} fw1 RT_FLOW - {tag} [junos@2636.1.1.1.2.129 apbr-profile=\"apbr1\" apbr-rule=\"rule1\" application=\"ANY\""
            + " other-app=\"N/A\" group-name=\"N/A\" routing-instance=\"TC1_VPN\" destination-interface-name=\"gr-0/0/0.1\""
            + $" sla-rule=\"sla1\"{fields} active-probe-params=\"probe1\" destination-group-name=\"site1\"]");
    }
}
