using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Bandwidth;
using FlowStream.Streams.Driver;
using FlowStream.Testing;

namespace FlowStream.Topology.Tests;

/// <summary>Rows of top talkers add up to the total, and none that moved more than the error says is missing.</summary>
public sealed class TopTalkersTests
{
    private const long Start = 1_777_624_020_000;
    private const int Limit = 4;

    private static readonly string[] Fields =
        ["bytes_from_client", "bytes_from_server", "packets_from_client", "packets_from_server", "estimated_bytes", "sessions_active"];

    [Fact]
    public void Rows_add_up_to_the_total_and_lack_at_most_their_error() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var input = new List<(long Time, byte[] Line)>();
        var moved = new Dictionary<(long Minute, string Pair), long>();
        for (int session = 1; session <= 400; session++)
        {
            long time = Start + random.Next(240_000);
            // Few talk much, many talk little.
            int host = (int)Math.Pow(random.NextDouble() * 6, 2);
            long bytes = 1 + random.NextInt64(1L << random.Next(4, 24));
            input.Add((time, Close(session, host, time, bytes)));
            (long, string) key = (time / 60_000, $"192.0.2.{host}");
            moved[key] = moved.GetValueOrDefault(key) + bytes;
        }
        var options = new TopologyOptions
        {
            HashSeed = 1, Aggregations = [Aggregation.Total], Bandwidth = new BandwidthOptions { TopTalkers = Limit },
        };
        using var run = new TopologyRun(new TopologyDriverOptions { Partitions = 3 }, options);
        foreach ((long time, byte[] line) in input.OrderBy(line => line.Time))
        {
            run.Pipe(line, time);
            if (random.Next(40) == 0) run.Driver.Run();
        }
        run.Driver.Flush();
        ILookup<string, JsonNode> windows = Last(run.Read(FlowTopics.Bandwidth)).ToLookup(
            window => $"{window["window_start"]} {window["window_end"]}");
        foreach (IGrouping<string, JsonNode> window in windows)
        {
            JsonNode total = window.Single(row => (string?)row["aggregation"] == "total");
            foreach (string direction in new[] { "client", "server" })
            {
                JsonNode[] rows = [.. window.Where(row => (string?)row["aggregation"] == $"top-talkers-from-{direction}")];
                foreach (string field in Fields) Assert.Equal((long)total[field]!, rows.Sum(row => (long)row[field]!));
                Assert.True(rows.Count(row => !IsOther(row) && (long)row["bytes_from_client"]! > 0) <= Limit);
            }
            if (Minutes(total) == 1) CheckErrors(window, moved);
        }
    });

    [Fact]
    public void Names_of_the_top_talkers_are_theirs() =>
        Assert.Throws<ArgumentException>(() => Aggregation.Validate([Aggregation.Parse("top-talkers-x=application")]));

    // The server sends three times what the client sends: one direction says all.
    private static void CheckErrors(IEnumerable<JsonNode> window, Dictionary<(long Minute, string Pair), long> moved)
    {
        JsonNode[] rows = [.. window.Where(row => (string?)row["aggregation"] == "top-talkers-from-client")];
        long minute = Time(rows[0], "window_start") / 60_000;
        long hidden = rows.Where(IsOther).Sum(row => (long)row["error_bytes"]!);
        var named = new HashSet<string>();
        foreach (JsonNode row in rows.Where(row => !IsOther(row)))
        {
            string pair = (string)row["dimensions"]!["source_address"]!;
            named.Add(pair);
            long bytes = (long)row["bytes_from_client"]!, truth = moved[(minute, pair)];
            Assert.InRange(truth, bytes, bytes + (long)row["error_bytes"]!);
        }
        foreach (((long other, string pair), long bytes) in moved)
        {
            if (other == minute && !named.Contains(pair)) Assert.True(bytes <= hidden, $"{pair} moved {bytes} and is hidden in {hidden}");
        }
    }

    private static bool IsOther(JsonNode row) => (string?)row["dimensions"]!["source_address"] == "other";

    private static byte[] Close(int session, int host, long time, long bytes) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(JunosLine.Close(session, time, 0, bytes)).Replace(
            $"source-address=\"192.0.2.{session % 250}\"", $"source-address=\"192.0.2.{host}\"", StringComparison.Ordinal));

    private static Dictionary<string, JsonNode>.ValueCollection Last(List<JsonNode> lines)
    {
        var last = new Dictionary<string, JsonNode>();
        foreach (JsonNode line in lines) last[(string)line["key"]!] = line["value"]!;
        return last.Values;
    }

    private static long Minutes(JsonNode window) => (Time(window, "window_end") - Time(window, "window_start")) / 60_000;

    private static long Time(JsonNode window, string field) => DateTimeOffset.Parse(
        (string)window[field]!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
