using FlowStream.Bandwidth;
using FlowStream.Benchmarks.Parsing;
using FlowStream.Benchmarks.Stages;
using FlowStream.Parsing;
using FlowStream.Producers.Simulation;
using FlowStream.Topology;

namespace FlowStream.Benchmarks.Tests;

public sealed class AllocationBudgetTests
{
    private const int ParsedMessages = 1000;

    private static readonly SimulationOptions Traffic = new() { Seed = 7, Sessions = 4000, SessionsPerSecond = 200 };

    public static TheoryData<string> Sets => [.. LineSets.All.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Parsing_keeps_its_budget(string name)
    {
        var sessionEvent = new SessionEvent();
        int refused = 0;
        long allocated = AllocatedBy(name, line => refused += SyslogParser.Parse(line, sessionEvent).Accepted ? 0 : 1);
        Budgets.AssertKept("parse", allocated, ParsedMessages);
        Assert.Equal(0, refused);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Finding_the_flow_key_keeps_its_budget(string name)
    {
        byte[] key = new byte[FlowKey.MaxBytes];
        int keyless = 0;
        long allocated = AllocatedBy(name, line => keyless += FlowKey.TryWrite(line, key, out _) ? 0 : 1);
        Budgets.AssertKept("flow-key", allocated, ParsedMessages);
        Assert.Equal(0, keyless);
    }

    [Fact]
    public void The_stages_keep_their_budgets_once_their_state_has_its_size() => CheckStages(
        new TopologyOptions
        {
            HashSeed = 1,
            Aggregations = [Aggregation.Total, Aggregation.Application],
            Bandwidth = new BandwidthOptions { TopTalkers = 0, Longer = false },
        },
        "commits");

    // Users, pairs of addresses, three lengths of windows: more keys are new in each window, and each is bytes of its own.
    [Fact]
    public void With_all_that_runs_by_default_they_keep_theirs_too() =>
        CheckStages(new TopologyOptions { HashSeed = 1 }, "commits-default");

    private static void CheckStages(TopologyOptions options, string commits)
    {
        using var pipeline = new StagePipeline(options);
        StageThroughput measured = default;
        // The same traffic on three days: buffers grow on the first two.
        for (int day = 0; day < 3; day++)
        {
            SimulatedLines lines = SimulatedLines.Of(Traffic with { Start = Traffic.Start.AddDays(day) });
            measured = StageThroughput.Measure(pipeline, lines);
        }
        Assert.True(pipeline.Sessions > Traffic.Sessions * 2, "the stages found few of the sessions");
        Assert.True(pipeline.Windows > 0, "no window was emitted");
        Assert.Equal(0, pipeline.DeadLetters);
        int messages = (int)measured.Messages;
        Budgets.AssertKept("parse-join-windows", (long)Math.Round(measured.BytesAllocatedPerMessage * messages), messages);
        Budgets.AssertKept(commits, (long)Math.Round(measured.BytesAllocatedPerMessageInCommits * messages), messages);
    }

    [Fact]
    public void One_small_object_per_hundred_messages_breaks_a_budget_of_nothing()
    {
        object? kept = null;
        int calls = 0;
        long allocated = AllocatedBy(() =>
        {
            if (++calls % 100 == 0) kept = new object();
        });
        Assert.NotNull(kept);
        Assert.ThrowsAny<Exception>(() => Budgets.AssertKept("parse", allocated, ParsedMessages));
    }

    [Fact]
    public void Every_budget_is_gated_here() =>
        Assert.Equal(["commits", "commits-default", "flow-key", "parse", "parse-join-windows"], Budgets.Names.Order());

    private static long AllocatedBy(string set, Action<byte[]> take)
    {
        byte[][] lines = LineSets.All.Single(lineSet => lineSet.Name == set).Lines;
        int next = 0;
        return AllocatedBy(() => take(lines[next++ % lines.Length]));
    }

    // The first round pays for what is made once: compiled code, tables.
    private static long AllocatedBy(Action parseOne)
    {
        long allocated = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < ParsedMessages; i++) parseOne();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return allocated;
    }
}
