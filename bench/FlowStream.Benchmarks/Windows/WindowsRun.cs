using System.Globalization;
using FlowStream.Bandwidth;
using FlowStream.Benchmarks.Results;
using FlowStream.Benchmarks.Stages;
using FlowStream.Producers.Simulation;
using FlowStream.Topology;

namespace FlowStream.Benchmarks.Windows;

/// <summary>What windows cost, and how near they come to what really flowed.</summary>
internal sealed class WindowsRun(Action<Figure> tell, Action<string> note, string folder)
{
    private const long Sessions = 30_000;
    private const int Rounds = 6;
    private const int WarmUpRounds = 2;

    // What is measured, each with what it has more than the one before.
    private static readonly (string Name, IReadOnlyList<Aggregation> Aggregations, int TopTalkers, bool Longer)[] Configurations =
    [
        ("1 aggregation", [Aggregation.Total], 0, false),
        ("7 aggregations", Aggregation.Defaults, 0, false),
        ("7 aggregations, top talkers, longer windows", Aggregation.Defaults, 100, true),
    ];

    /// <summary>Measures, and tells each figure when it is known.</summary>
    public void Measure()
    {
        foreach (int keys in new[] { 1, 10_000, 100_000 })
        {
            (double rate, double bytes) = WindowRates.Measure(keys);
            string name = string.Create(CultureInfo.InvariantCulture, $"windows: {keys:N0} keys");
            tell(new Figure(name, rate, "deltas/s per core"));
            if (keys > 1) tell(new Figure($"{name}: memory", bytes, "B/key and window"));
        }
        foreach ((string name, IReadOnlyList<Aggregation> aggregations, int talkers, bool longer) in Configurations)
        {
            var options = new TopologyOptions
            {
                HashSeed = 1,
                Aggregations = aggregations,
                Bandwidth = new BandwidthOptions { TopTalkers = talkers, Longer = longer },
            };
            tell(new Figure($"parse, join, commits, windows of {name}", Rate(options), "messages/s per core"));
        }
        new SpikeRun(tell, note, folder).Measure();
    }

    private static double Rate(TopologyOptions options)
    {
        using var pipeline = new StagePipeline(options);
        double best = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var traffic = new SimulationOptions { Seed = 7, Sessions = Sessions, SessionsPerSecond = 1000 };
            SimulatedLines lines = SimulatedLines.Of(traffic with { Start = traffic.Start.AddDays(round) });
            double rate = StageThroughput.Measure(pipeline, lines).MessagesPerSecond;
            if (round >= WarmUpRounds) best = Math.Max(best, rate);
        }
        return best;
    }
}
