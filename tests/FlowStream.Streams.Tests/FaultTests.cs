using FlowStream.Streams.Driver;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

public sealed class FaultTests
{
    private const int Records = 600;

    public static TheoryData<int> Seeds(int count)
    {
        var data = new TheoryData<int>();
        for (var seed = 1; seed <= count; seed++) data.Add(seed);
        return data;
    }

    [Fact]
    public void Without_faults_every_record_and_every_timer_comes_out_once()
    {
        using var driver = new TopologyDriver([SumProcessor.Stage()], new TopologyDriverOptions { Partitions = 3 });
        SumInput.Pipe(driver, seed: 1, Records);
        driver.Flush();
        var running = driver.Read("running");
        Assert.Equal(Records, running.Count);
        Assert.True(driver.Read("totals").Count >= 20);
        Assert.Empty(driver.Read("running"));
    }

    [Theory]
    [MemberData(nameof(Seeds), 100)]
    public void Under_faults_at_any_step_the_committed_output_is_that_of_a_run_without_any(int seed)
    {
        var expected = SumInput.WithoutFaults(seed, Records, partitions: 3);
        using var driver = Faulty(seed);
        Assert.Equal(expected, RunToEnd(driver, seed));
    }

    [Fact]
    public void So_it_is_with_seeds_nobody_has_tried() => Properties.Check<int>(
        seed =>
        {
            // Half the range, so that its remainder is never negative.
            seed &= int.MaxValue;
            var expected = SumInput.WithoutFaults(seed, Records, partitions: 3);
            using var driver = Faulty(seed);
            Assert.Equal(expected, RunToEnd(driver, seed));
        },
        count: 50);

    [Theory]
    [InlineData(PlantedFault.SkipsStateRows)]
    [InlineData(PlantedFault.CommitsOffsetsOutsideTheTransaction)]
    [InlineData(PlantedFault.SendsOutputOutsideTheTransaction)]
    [InlineData(PlantedFault.RestoresOnlyToTheStableEnd)]
    public void The_check_catches_a_planted_fault(PlantedFault fault)
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var expected = SumInput.WithoutFaults(seed, Records, partitions: 3);
            using var driver = Faulty(seed, fault: fault);
            if (RunToEnd(driver, seed) != expected) return;
        }

        Assert.Fail($"No seed told {fault} from what is right.");
    }

    [Fact]
    public void The_fault_runs_strike_at_every_point()
    {
        var struck = new HashSet<(FaultPoint, Fault)>();
        for (var seed = 1; seed <= 40; seed++)
        {
            using var driver = Faulty(seed, struck: struck);
            RunToEnd(driver, seed);
        }

        foreach (var point in Enum.GetValues<FaultPoint>())
        {
            Assert.Contains((point, Fault.Crash), struck);
            Assert.Contains((point, Fault.Indefinite), struck);
        }

        Assert.Contains((FaultPoint.BeforeCommit, Fault.LateCommit), struck);
        Assert.Contains((FaultPoint.Poll, Fault.Stall), struck);
    }

    private static string RunToEnd(TopologyDriver driver, int seed)
    {
        SumInput.Pipe(driver, seed, Records);
        driver.Run();
        driver.EndFaults();
        driver.Flush();
        return SumInput.Committed(driver);
    }

    private static TopologyDriver Faulty(int seed, HashSet<(FaultPoint, Fault)>? struck = null, PlantedFault? fault = null)
    {
        var random = new Random(seed);
        Fault Plan(string instance, FaultPoint point)
        {
            // Steps per record strike as often as steps per commit.
            var rate = point is FaultPoint.Send or FaultPoint.Poll or FaultPoint.RestoreRow ? 0.003 : 0.09;
            if (random.NextDouble() >= rate) return Fault.None;
            var next = (Fault)random.Next(1, 6);
            struck?.Add((point, next));
            return next;
        }

        TopologyDriver? driver = null;
        driver = new TopologyDriver([SumProcessor.Stage()], new TopologyDriverOptions
        {
            Recoverable = true,
            Instances = 1 + (seed % 3),
            Partitions = 3,
            Faults = Plan,
            Streams = new StreamsOptions
            {
                ApplicationId = "driver",
                BootstrapServers = "in-process",
                StateDirectory = "in-memory",
                MaxTimestampLead = null,
                CommitRecords = 40,
                SessionTimeout = TimeSpan.FromSeconds(2),
                SnapshotInterval = TimeSpan.FromSeconds(seed % 2 * 3),
            },
            Decorate = fault is { } planted ? client => new FaultyClient(client, planted, () => driver!.Broker) : null,
        });
        return driver;
    }
}
