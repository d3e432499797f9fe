using System.Globalization;
using System.Text.Json.Nodes;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>The windows beside what really flowed in each minute, which only the simulator knows.</summary>
public sealed class FlowedTests
{
    [Fact]
    public void A_window_is_off_by_no_more_than_what_moved_between_two_statements_around_it() => Properties.WithSeed(seed =>
    {
        using SimulatedFile file = Simulate(seed, bulk: "0");
        string[] lines = File.ReadAllLines(file.Log);
        Dictionary<long, long> flowed = Flowed(file), open = Statements.Open(lines);

        (Dictionary<long, long> windows, Dictionary<long, long> atEnd) = Analyze(file.Log);

        Assert.Empty(Exceeding(windows, flowed, open));
        // The bound tells good from bad: sessions put at their end break it, and so do windows that are not told of the updates.
        Assert.NotEmpty(Exceeding(atEnd, flowed, open));
        string silent = file.Folder("silent.log");
        File.WriteAllLines(silent, lines.Where(line => !line.Contains("_VOL_UPDATE ", StringComparison.Ordinal)));
        Assert.NotEmpty(Exceeding(Analyze(silent).Windows, flowed, open));
    });

    [Fact]
    public void The_highest_window_is_the_highest_minute_where_sessions_put_at_their_end_make_spikes()
    {
        using SimulatedFile file = Simulate(seed: 5, bulk: "0.03");
        Dictionary<long, long> flowed = Flowed(file);
        double highest = flowed.Values.Max();

        (Dictionary<long, long> windows, Dictionary<long, long> atEnd) = Analyze(file.Log);

        Assert.Empty(Exceeding(windows, flowed, Statements.Open(File.ReadLines(file.Log))));
        Assert.InRange(windows.Values.Max() / highest, 0.9, 1.1);
        Assert.InRange(atEnd.Values.Max() / highest, 2, double.MaxValue);
    }

    // Without the close and the updates nobody knows of the bytes, so closes are not lost here; all other messages are.
    private static SimulatedFile Simulate(ulong seed, string bulk) => new(
        seed, 2_000, more: ["--rate", "0.25", "--bulk", bulk, "--lost-closes", "0", "--lost-updates", "0.1"]);

    private static IEnumerable<string> Exceeding(
        Dictionary<long, long> shown, Dictionary<long, long> flowed, Dictionary<long, long> open) =>
        shown.Keys.Union(flowed.Keys)
            .Where(m => Math.Abs(shown.GetValueOrDefault(m) - flowed.GetValueOrDefault(m)) > open.GetValueOrDefault(m))
            .Select(m => $"{m}: {shown.GetValueOrDefault(m)} for {flowed.GetValueOrDefault(m)}, {open.GetValueOrDefault(m)} open");

    private static Dictionary<long, long> Flowed(SimulatedFile file) => Sums(
        File.ReadLines(file.Truth).Select(line => JsonNode.Parse(line)!).Where(line => (string?)line["truth"] == "actual"),
        "window_start");

    private static (Dictionary<long, long> Windows, Dictionary<long, long> AtEnd) Analyze(string log)
    {
        var last = new Dictionary<string, JsonNode>();
        string output = FlowStreamProcess.Run(0, "analyze", log, "--format", "json");
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonNode record = JsonNode.Parse(line)!;
            last[$"{record["topic"]} {record["key"]}"] = record["value"]!;
        }
        return (
            Sums(last.Values.Where(value => (string?)value["aggregation"] == "total"
                && Time(value, "window_end") - Time(value, "window_start") == 60_000), "window_start"),
            Sums(last.Values.Where(value => value["session_key"] is not null), "end_time"));
    }

    private static Dictionary<long, long> Sums(IEnumerable<JsonNode> values, string time) => values
        .GroupBy(value => Time(value, time) / 60_000 * 60_000)
        .ToDictionary(group => group.Key, group => group.Sum(v => (long)v["bytes_from_client"]! + (long)v["bytes_from_server"]!));

    private static long Time(JsonNode value, string field) =>
        DateTimeOffset.Parse((string)value[field]!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
