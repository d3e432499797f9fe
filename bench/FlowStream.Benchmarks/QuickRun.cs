using FlowStream.Bandwidth;
using FlowStream.Benchmarks.EndToEnd;
using FlowStream.Benchmarks.Parsing;
using FlowStream.Benchmarks.Results;
using FlowStream.Benchmarks.Sessions;
using FlowStream.Benchmarks.Stages;
using FlowStream.Benchmarks.Windows;
using FlowStream.Producers.Simulation;
using FlowStream.Topology;

namespace FlowStream.Benchmarks;

/// <summary>Measures every part of a message's way in one run, in about two minutes.</summary>
internal sealed class QuickRun(QuickRunOptions options, string resultsFolder)
{
    private const double StagesReach = 400_000;
    private const double EndToEndReach = 60_000;
    private const string ProduceCeiling = "Kafka client alone, produce";
    private const string ConsumeCeiling = "Kafka client alone, consume";
    private const ulong Seed = 7;

    // What the simulator makes of a session: creates, updates, closes, twins, denials.
    private const double MessagesPerSession = 2.74;

    // A site of some thousand users. Sessions outlive the commits, as they do when messages come as fast as they are measured here.
    private const double SessionsPerSecond = 1000;

    // About half a second of work in each round; the first ones let the runtime compile the hot methods and the state grow to its size. A
    // shared host is slower and faster for seconds at a time: the rounds together are longer than that.
    private const long StageSessions = 60_000;
    private const int WarmUpRounds = 4;
    private const int Rounds = 20;

    private readonly List<Figure> _figures = [];
    private readonly List<string> _notes = [];

    /// <summary>Measures, and tells each figure when it is known.</summary>
    public async Task<BenchmarkReport> RunAsync(string revision)
    {
        double? loadBefore = Machine.Load();
        if (Includes(BenchmarkScope.Parsing)) new ParsingRun(Tell, Note).Measure();
        if (Includes(BenchmarkScope.Stages)) MeasureStages();
        if (Includes(BenchmarkScope.Sessions))
            new SessionRun(Tell).Measure(options.Scope == BenchmarkScope.All ? SessionRun.ShortSizes : SessionRun.AllSizes);
        if (Includes(BenchmarkScope.Windows)) new WindowsRun(Tell, Note, resultsFolder).Measure();
        if (options.Scope == BenchmarkScope.Spikes) new SpikeRun(Tell, Note, resultsFolder).Measure();
        if (options.Scope == BenchmarkScope.All) await MeasureEndToEndAsync().ConfigureAwait(false);
        string command = $"make bench BENCH=\"{options.Text}\"";
        return new BenchmarkReport(
            TimeProvider.System.GetUtcNow(), command, revision, Machine.Current(), loadBefore, Machine.Load(), _figures, _notes);
    }

    private bool Includes(BenchmarkScope part) => options.Scope is BenchmarkScope.All || options.Scope == part;

    private void MeasureStages()
    {
        // In all and by application, minute by minute: what more costs is measured beside it.
        using var pipeline = new StagePipeline(new TopologyOptions
        {
            HashSeed = 1,
            Aggregations = [Aggregation.Total, Aggregation.Application],
            Bandwidth = new BandwidthOptions { TopTalkers = 0, Longer = false },
        });
        var rates = new List<double>();
        StageThroughput best = default;
        for (int round = 0; round < WarmUpRounds + Rounds; round++)
        {
            // The same traffic on another day: the state is used again at the same size.
            SimulatedLines lines = SimulatedLines.Of(Traffic(StageSessions) with { Start = new SimulationOptions().Start.AddDays(round) });
            var measured = StageThroughput.Measure(pipeline, lines);
            if (round < WarmUpRounds) continue;
            rates.Add(measured.MessagesPerSecondWithoutCommits);
            if (measured.MessagesPerSecond > best.MessagesPerSecond) best = measured;
        }
        rates.Sort();
        Tell(new Figure("parse, join, windows", best.MessagesPerSecondWithoutCommits, "messages/s per core") { Reach = StagesReach });
        Tell(new Figure("parse, join, windows: median of rounds", rates[rates.Count / 2], "messages/s per core"));
        Tell(new Figure("parse, join, windows, commits", best.MessagesPerSecond, "messages/s per core") { Reach = StagesReach });
        Tell(new Figure("parse, join, windows: allocated", best.BytesAllocatedPerMessage, "B/message"));
        Tell(new Figure("commits: allocated", best.BytesAllocatedPerMessageInCommits, "B/message"));
        Tell(new Figure("commits: changelog", best.ChangelogRowsPerMessage, "rows/message"));
    }

    private async Task MeasureEndToEndAsync()
    {
        SimulationOptions traffic = Traffic((long)Math.Ceiling(options.Records / MessagesPerSession));
        using BrokerProcess broker = BrokerProcess.Start();
        EndToEndThroughput whole = await EndToEndRun.MeasureAsync(broker, traffic).ConfigureAwait(false);
        ClientRates client = await ClientRates.MeasureAsync(
            broker.Endpoint, "bench.ceiling", LineSets.LongClose.Lines[0].Length, (int)whole.Messages).ConfigureAwait(false);
        Tell(new Figure(ProduceCeiling, client.ProducedPerSecond, "records/s"));
        Tell(new Figure(ConsumeCeiling, client.ConsumedPerSecond, "records/s"));
        Tell(new Figure("end to end, exactly once", whole.MessagesPerSecond, "messages/s")
        {
            Reach = EndToEndReach,
            Ceiling = ConsumeCeiling,
        });
        Tell(new Figure("end to end: second half", whole.SecondHalfPerSecond, "messages/s") { Ceiling = ConsumeCeiling });
        Tell(new Figure("end to end: from start to all outputs readable", whole.Drained.TotalSeconds, "s"));
        Tell(new Figure("end to end: messages", whole.Messages, "messages"));
        Tell(new Figure("end to end: final records", whole.Sessions, "sessions"));
        Tell(new Figure("end to end: CPU of the stages", whole.TopologyCpu.TotalSeconds, "s"));
        Tell(new Figure("end to end: CPU of the broker", whole.BrokerCpu.TotalSeconds, "s"));
        Tell(new Figure("end to end: peak memory of the stages", whole.TopologyPeakMemory / 1e6, "MB"));
    }

    private static SimulationOptions Traffic(long sessions) =>
        new() { Seed = Seed, Sessions = sessions, SessionsPerSecond = SessionsPerSecond };

    private void Tell(Figure figure)
    {
        _figures.Add(figure);
        Console.WriteLine($"{figure.Name,-72} {figure.Value,14:N2} {figure.Unit}");
    }

    private void Note(string note)
    {
        _notes.Add(note);
        Console.WriteLine($"NOTE: {note}");
    }
}
