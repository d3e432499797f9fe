using System.Globalization;
using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>The stages over the real broker, with processes that are killed, leave and come back.</summary>
public sealed class CrashTests
{
    private const int Kills = 10;

    // What the long run sets higher.
    private static readonly int Sessions =
        int.Parse(Environment.GetEnvironmentVariable("FLOWSTREAM_CRASH_SESSIONS") ?? "20000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4) * Math.Max(1, Sessions / 20_000);

    [Fact]
    public void Ten_kills_at_random_moments_while_instances_come_and_go_change_nothing() => Run(async (cluster, progress, total, random) =>
    {
        var moments = new SortedSet<long>();
        while (moments.Count < Kills) moments.Add(random.NextInt64(1, total * 9 / 10));
        int round = 0;
        foreach (long moment in moments)
        {
            await ReachedAsync(cluster, progress, moment);
            string victim = random.Next(2) == 0 ? "a" : "b";
            cluster.Kill(victim);
            if (round % 3 == 0) cluster.Start("c");
            cluster.Start(victim);
            if (round % 3 == 2) cluster.Stop("c");
            round++;
        }
    });

    [Fact]
    public void A_broker_that_is_killed_under_the_stages_loses_nothing_and_doubles_nothing() =>
        Run(async (cluster, progress, total, random) =>
        {
            for (int kill = 0; kill < 2; kill++)
            {
                long moment = progress.Committed() + random.NextInt64(1, total / 4);
                await ReachedAsync(cluster, progress, moment);
                cluster.KillBroker();
                cluster.StartBroker();
            }
        });

    private static void Run(Func<Cluster, GroupProgress, long, Random, Task> disturb) =>
        Properties.WithSeed(seed => RunAsync(disturb, seed).GetAwaiter().GetResult());

    private static async Task RunAsync(Func<Cluster, GroupProgress, long, Random, Task> disturb, ulong seed)
    {
        using var file = new SimulatedFile(seed: seed % 1000, sessions: Sessions);
        using var cluster = new Cluster(file.Folder("cluster"));
        FlowStreamProcess.Run(0, "replay", file.Log, "--bootstrap", cluster.Bootstrap);
        long total = File.ReadLines(file.Log).LongCount();
        using var progress = new GroupProgress(cluster.Bootstrap, "flowstream-sessions", "flow.raw.v1", partitions: 4);
        cluster.Start("a");
        cluster.Start("b");

        await disturb(cluster, progress, total, new Random((int)(seed % int.MaxValue)));

        await ReachedAsync(cluster, progress, total);
        SortedDictionary<string, string> expected = TruthFile.WithoutLastMinute(file.Expected, file.Expected);
        await Eventually.HoldsAsync(
            () => TruthFile.Differences(expected, Held(cluster, file)).Length == 0,
            $"the topics hold what they must\n{cluster.Errors()}",
            Patience);
        foreach (string instance in cluster.Instances.ToList()) cluster.Stop(instance);
        TruthFile.AssertEqual(expected, Held(cluster, file));
    }

    private static Task ReachedAsync(Cluster cluster, GroupProgress progress, long lines) =>
        Eventually.HoldsAsync(() => progress.Committed() >= lines, $"{lines} lines committed\n{cluster.Errors()}", Patience);

    private static SortedDictionary<string, string> Held(Cluster cluster, SimulatedFile file) =>
        TruthFile.WithoutLastMinute(TruthFile.Held(cluster.Output()), file.Expected);
}
