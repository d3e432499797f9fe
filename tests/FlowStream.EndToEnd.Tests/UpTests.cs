using FlowStream.Testing;

namespace FlowStream.EndToEnd.Tests;

/// <summary>Everything in one process: replay into it, tail out of it.</summary>
public sealed class UpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_file_through_up_replay_and_tail_gives_the_records_of_the_truth()
    {
        using var file = new SimulatedFile(seed: 7, sessions: 20_000);
        using var up = new UpProcess(file.Folder("data"));

        string said = FlowStreamProcess.Run(0, "replay", file.Log, "--bootstrap", up.Bootstrap);

        int lines = File.ReadLines(file.Log).Count();
        Assert.StartsWith($"sent {lines} acknowledged {lines} ", said, StringComparison.Ordinal);
        await HoldsAsync(file, up);
        up.Stop();
    }

    [Fact]
    public async Task Killed_in_the_middle_and_started_again_it_goes_on_where_it_was()
    {
        using var file = new SimulatedFile(seed: 11, sessions: 20_000);
        using var up = new UpProcess(file.Folder("data"));
        FlowStreamProcess.Run(0, "replay", file.Log, "--bootstrap", up.Bootstrap);
        long total = File.ReadLines(file.Log).LongCount();

        for (int kill = 1; kill <= 3; kill++)
        {
            using (var progress = new GroupProgress(up.Bootstrap, "flowstream-sessions", "flow.raw.v1", partitions: 4))
            {
                long moment = total * kill / 5;
                await Eventually.HoldsAsync(() => progress.Committed() >= moment, $"{moment} of {total} committed\n{up.Errors}", Patience);
            }
            up.KillAndStart();
        }

        await HoldsAsync(file, up);
        up.Stop();
    }

    [Fact]
    public void The_demo_shows_sessions_that_simulated_firewalls_reported_by_syslog()
    {
        using var file = new SimulatedFile(seed: 1, sessions: 1);
        using var up = new UpProcess(file.Folder("data"), "--demo");

        string first = up.WaitForLine("summary: ");
        string later = first;
        while (later.Contains(" completed 0 ", StringComparison.Ordinal)) later = up.WaitForLine("summary: ");
        string account = up.Stop();

        Assert.DoesNotContain(" received 0 ", first, StringComparison.Ordinal);
        Assert.Contains("dead-letters 0 ", later, StringComparison.Ordinal);
        Assert.Matches(@"udp://\S+: received (\d+) = sent \1 \+ rejected 0", account);
        Assert.Matches(@"kafka: taken (\d+) = acknowledged \1 ", account);
    }

    private static async Task HoldsAsync(SimulatedFile file, UpProcess up)
    {
        SortedDictionary<string, string> expected = TruthFile.WithoutLastMinute(file.Expected, file.Expected);
        await Eventually.HoldsAsync(
            () => TruthFile.Differences(expected, Held()).Length == 0, $"all that is expected\n{up.Errors}", Patience);
        TruthFile.AssertEqual(expected, Held());

        SortedDictionary<string, string> Held() =>
            TruthFile.WithoutLastMinute(TruthFile.Held(up.Tail(TruthFile.Topics)), file.Expected);
    }
}
