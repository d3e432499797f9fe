using System.Text.Json.Nodes;
using FlowStream.Bandwidth;
using FlowStream.Sessions;
using FlowStream.Streams.Driver;
using FlowStream.Testing;

namespace FlowStream.Topology.Tests;

/// <summary>Both stages together: nothing lost, nothing twice, the same in every arrangement.</summary>
public sealed class WholeTopologyTests
{
    private const long Start = 1_777_624_020_000;

    private static readonly string[] Measures =
    [
        "bytes_from_client", "bytes_from_server", "packets_from_client", "packets_from_server", "sessions_opened", "sessions_closed",
        "sessions_active", "denials", "estimated_bytes", "late_bytes",
    ];

    [Fact]
    public void Windows_add_up_to_the_sessions_in_every_aggregation() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 80, Start);
        using TopologyRun run = Run(input, new TopologyDriverOptions { Partitions = 4 });
        List<JsonNode> sessions = run.Read(FlowTopics.Sessions);
        Assert.Equal(80, Last(sessions).Count);
        Assert.Equal(input.Bytes, Last(sessions).Values.Sum(Bytes));
        Dictionary<string, JsonNode> windows = Last(run.Read(FlowTopics.Bandwidth));
        foreach (string aggregation in Aggregation.Defaults.Select(known => known.Name))
        {
            foreach (int minutes in new[] { 1, 5, 60 })
            {
                List<JsonNode> own = [.. windows.Values.Where(window => IsOf(window, aggregation, minutes))];
                Assert.Equal(input.Bytes, own.Sum(Bytes));
                Assert.Equal(80, Sum(own, "sessions_opened"));
                Assert.Equal(80, Sum(own, "sessions_closed"));
                Assert.Equal(input.Bytes == 0, Sum(own, "sessions_active") == 0);
            }
        }
        JsonNode[] totals = [.. windows.Values.Where(window => IsOf(window, "total", 60))];
        Assert.Equal(80, totals.Sum(window => (long)window["value"]!["end_reasons"]!["tcp-fin"]!));
    });

    [Fact]
    public void Windows_add_up_to_the_sessions_whatever_is_lost_late_twice_or_overtaken() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 120, Start, disturbed: true);
        using TopologyRun run = Run(input, new TopologyDriverOptions { Partitions = 3 });
        Dictionary<string, JsonNode> sessions = Last(run.Read(FlowTopics.Sessions));
        Dictionary<string, JsonNode> windows = Last(run.Read(FlowTopics.Bandwidth));
        foreach (string aggregation in Aggregation.Defaults.Select(known => known.Name))
        {
            foreach (int minutes in new[] { 1, 5, 60 })
            {
                List<JsonNode> own = [.. windows.Values.Where(window => IsOf(window, aggregation, minutes))];
                foreach (string field in Measures[..4]) Assert.Equal(Sum(sessions.Values, field), Sum(own, field));
                Assert.Equal(sessions.Count, Sum(own, "sessions_opened"));
                Assert.Equal(sessions.Count, Sum(own, "sessions_closed"));
            }
        }
    });

    [Fact]
    public void Every_aggregation_counts_the_same_of_everything_in_every_window() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 80, Start);
        Aggregation[] all =
        [
            Aggregation.Total, .. Enum.GetValues<Dimension>().Select(dimension => new Aggregation(dimension.Name(), [dimension])),
            Aggregation.Parse("pair=zone_pair"), Aggregation.Parse("several=application,username,destination_prefix,protocol_id"),
        ];
        var options = new TopologyOptions { HashSeed = 1, Aggregations = all };
        using TopologyRun run = Run(input, new TopologyDriverOptions { Partitions = 3 }, options);
        ILookup<string, JsonNode> windows = Last(run.Read(FlowTopics.Bandwidth)).Values.ToLookup(
            window => $"{window["value"]!["aggregation"]} {window["value"]!["window_start"]} {window["value"]!["window_end"]}");
        foreach (IGrouping<string, JsonNode> total in windows.Where(group => group.Key.StartsWith("total ", StringComparison.Ordinal)))
        {
            foreach (Aggregation aggregation in all)
            {
                IEnumerable<JsonNode> own = windows[aggregation.Name + total.Key["total".Length..]];
                foreach (string field in Measures) Assert.Equal(Sum(total, field), Sum(own, field));
            }
        }
        Assert.Contains("username=user-1", Keys(windows, "username "));
        Assert.Contains("source_prefix=192.0.2.0%2F24", Keys(windows, "source_prefix "));
        Assert.Contains("end_reason=tcp-fin", Keys(windows, "end_reason "));
        Assert.Contains("protocol_id=6", Keys(windows, "protocol_id "));

        static string Keys(ILookup<string, JsonNode> windows, string aggregation) => string.Join(' ', windows
            .Where(group => group.Key.StartsWith(aggregation, StringComparison.Ordinal)).SelectMany(g => g).Select(w => w["key"]));
    });

    [Fact]
    public void Crashes_change_nothing_of_what_is_written_in_the_end() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 60, Start);
        var calm = new TopologyDriverOptions { Partitions = 3, Recoverable = true, Instances = 2 };
        // Which pairs are among the largest of a commit depends on where it falls.
        var stages = new TopologyOptions { HashSeed = 1, Bandwidth = new BandwidthOptions { TopTalkers = 0 } };
        using TopologyRun expected = Run(input, calm, stages);
        var random = new Random((int)seed);
        // From a crash to the next at times a few steps, at times more than the longest commit or restore has: at one even rate the longest
        // would never end.
        int left = Distance();
        var faulty = calm with { Faults = (_, _) => left-- > 0 ? Fault.None : CrashAndGoOn() };
        using TopologyRun actual = Run(input, faulty, stages);
        Assert.Equal(Content(expected, FlowTopics.Sessions), Content(actual, FlowTopics.Sessions));
        Assert.Equal(Content(expected, FlowTopics.Bandwidth), Content(actual, FlowTopics.Bandwidth));

        int Distance() => random.Next(1 << random.Next(4, 16));

        Fault CrashAndGoOn()
        {
            left = Distance();
            return Fault.Crash;
        }
    });

    [Fact]
    public void A_file_analysed_gives_what_the_stages_give() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 60, Start);
        using TopologyRun run = Run(input, new TopologyDriverOptions());
        var analysed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var json = new TopicJson();
        var options = new TopologyOptions { HashSeed = 1 };
        using var analysis = new FileAnalysis(options, "sample.log", (string topic, in Streams.InputRecord record) =>
        {
            JsonNode line = JsonNode.Parse(json.Line(topic, record.Key, record.Value.ToArray(), record.Headers))!;
            analysed[$"{topic} {line["key"]}"] = Text(line);
        });
        Span<byte> key = stackalloc byte[Parsing.FlowKey.MaxBytes];
        foreach ((long time, byte[] line) in input.Lines)
        {
            int length = Parsing.FlowKey.TryWrite(line, key, out int written) ? written : 0;
            analysis.Add(line, key[..length], time);
        }
        analysis.Complete();
        Assert.Equal(input.Lines.Count, analysis.Lines);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string topic in new[] { FlowTopics.Sessions, FlowTopics.Bandwidth })
        {
            foreach (JsonNode line in Last(run.Read(topic)).Values) expected[$"{topic} {line["key"]}"] = Text(line);
        }
        Assert.Equal(expected, analysed);
    });

    [Fact]
    public void Messages_on_the_way_to_the_join_and_its_windows_allocate_nothing_once_grown()
    {
        using var metrics = new TopologyMetrics();
        var processor = new SessionProcessor(
            new TopologyOptions { HashSeed = 1 }, "partials", 0,
            new TopologyEvents(metrics, Microsoft.Extensions.Logging.Abstractions.NullLogger<TopologyEvents>.Instance));
        var output = new CountingOutput();
        // Enough rounds that every session keeps as many observations as it ever will.
        const int WarmUp = 20;
        for (int round = 0; round < WarmUp; round++) ProcessAll(processor, output, Round(round), round);
        long allocated = long.MaxValue;
        // Code that is not compiled for speed yet makes objects of numbers; on a busy machine that takes a while. A message that allocates
        // does so every time.
        for (int round = WarmUp; round < 2 * WarmUp && allocated != 0; round++)
        {
            byte[][] lines = Round(round);
            int sent = output.Records;
            long before = GC.GetAllocatedBytesForCurrentThread();
            ProcessAll(processor, output, lines, round);
            // And once more, as duplicates.
            ProcessAll(processor, output, lines, round);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(output.Records > sent);
        }
        Assert.Equal(0, allocated);

        static byte[][] Round(int round) =>
            [.. Enumerable.Range(0, 200).Select(i => JunosLine.Update(i, TimeOf(round), 60 * (round + 1), (round + 1) * (5_000L + i)))];
    }

    private static long TimeOf(int round) => Start + (60_000L * (round + 1));

    private static void ProcessAll(SessionProcessor processor, CountingOutput output, byte[][] lines, int round)
    {
        foreach (byte[] line in lines)
        {
            processor.Process(
                new Streams.InputRecord { Offset = 0, Timestamp = TimeOf(round), Value = line, Headers = Streams.RecordHeaders.Empty },
                output);
        }
        processor.AdvanceTime(TimeOf(round), output);
        processor.Commit(output, output);
    }

    private static bool IsOf(JsonNode window, string aggregation, int minutes) =>
        (string?)window["value"]!["aggregation"] == aggregation
        && Time(window, "window_end") - Time(window, "window_start") == TimeSpan.FromMinutes(minutes);

    private static DateTimeOffset Time(JsonNode window, string field) =>
        DateTimeOffset.Parse((string)window["value"]![field]!, System.Globalization.CultureInfo.InvariantCulture);

    private static long Sum(IEnumerable<JsonNode> windows, string field) => windows.Sum(window => (long)window["value"]![field]!);

    private static TopologyRun Run(RandomSessions input, TopologyDriverOptions options, TopologyOptions? stages = null)
    {
        var run = new TopologyRun(options, stages);
        foreach ((long time, byte[] line) in input.Lines) run.Pipe(line, time);
        run.Driver.Run();
        run.Driver.EndFaults();
        run.Driver.Flush();
        return run;
    }

    private static long Bytes(JsonNode line) =>
        (long)line["value"]!["bytes_from_client"]! + (long)line["value"]!["bytes_from_server"]!;

    private static Dictionary<string, JsonNode> Last(List<JsonNode> lines)
    {
        var last = new Dictionary<string, JsonNode>();
        foreach (JsonNode line in lines) last[(string)line["key"]!] = line;
        return last;
    }

    // How often a window was corrected on the way depends on where commits fell; what it says in the end does not.
    private static string Text(JsonNode line)
    {
        if (line["value"]!["aggregation"] is not null) line["value"]!.AsObject().Remove("revision");
        return line.ToJsonString();
    }

    private static SortedDictionary<string, string> Content(TopologyRun run, string topic) =>
        new(Last(run.Read(topic)).ToDictionary(entry => entry.Key, entry => Text(entry.Value)), StringComparer.Ordinal);
}
