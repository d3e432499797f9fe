using System.Text.Json.Nodes;
using FlowStream.Streams.Driver;
using FlowStream.Testing;

namespace FlowStream.Topology.Tests;

/// <summary>Both stages together: nothing lost, nothing twice, the same in every arrangement.</summary>
public sealed class WholeTopologyTests
{
    private const long Start = 1_777_624_020_000;

    [Fact]
    public void Windows_add_up_to_the_sessions_in_every_aggregation() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 80, Start);
        using TopologyRun run = Run(input, new TopologyDriverOptions { Partitions = 4 });
        List<JsonNode> sessions = run.Read(FlowTopics.Sessions);
        Assert.Equal(80, Last(sessions).Count);
        Assert.Equal(input.Bytes, Last(sessions).Values.Sum(Bytes));
        Dictionary<string, JsonNode> windows = Last(run.Read(FlowTopics.Bandwidth));
        foreach (string aggregation in new[] { "total", "application" })
        {
            List<JsonNode> own = [.. windows.Values.Where(window => (string?)window["value"]!["aggregation"] == aggregation)];
            Assert.Equal(input.Bytes, own.Sum(Bytes));
            Assert.Equal(80, own.Sum(window => (long)window["value"]!["sessions_opened"]!));
            Assert.Equal(80, own.Sum(window => (long)window["value"]!["sessions_closed"]!));
        }
    });

    [Fact]
    public void Crashes_change_nothing_of_what_is_written_in_the_end() => Properties.WithSeed(seed =>
    {
        var input = new RandomSessions((int)seed, 60, Start);
        var calm = new TopologyDriverOptions { Partitions = 3, Recoverable = true, Instances = 2 };
        using TopologyRun expected = Run(input, calm);
        var random = new Random((int)seed);
        var faulty = calm with { Faults = (_, _) => random.Next(300) == 0 ? Fault.Crash : Fault.None };
        using TopologyRun actual = Run(input, faulty);
        Assert.Equal(Content(expected, FlowTopics.Sessions), Content(actual, FlowTopics.Sessions));
        Assert.Equal(Content(expected, FlowTopics.Bandwidth), Content(actual, FlowTopics.Bandwidth));
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
        byte[][] lines = Round(WarmUp);
        int sent = output.Records;
        long before = GC.GetAllocatedBytesForCurrentThread();
        ProcessAll(processor, output, lines, WarmUp);
        // And once more, as duplicates.
        ProcessAll(processor, output, lines, WarmUp);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(output.Records > sent);

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

    private static TopologyRun Run(RandomSessions input, TopologyDriverOptions options)
    {
        var run = new TopologyRun(options);
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
