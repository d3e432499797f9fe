using FlowStream.Streams.Driver;

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
    [MemberData(nameof(Seeds), 60)]
    public void Under_faults_at_any_step_the_committed_output_is_that_of_a_run_without_any(int seed)
    {
        var expected = SumInput.WithoutFaults(seed, Records, partitions: 3);
        using var driver = Faulty(seed, rate: 0.003, stage: SumProcessor.Stage());
        Assert.Equal(expected, RunToEnd(driver, seed));
    }

    [Fact]
    public void The_fault_runs_do_strike_at_every_point()
    {
        var struck = new HashSet<(FaultPoint, Fault)>();
        for (var seed = 1; seed <= 40; seed++)
        {
            using var driver = Faulty(seed, rate: 0.003, stage: SumProcessor.Stage(), struck: struck);
            RunToEnd(driver, seed);
        }

        foreach (var point in Enum.GetValues<FaultPoint>())
        {
            Assert.Contains((point, Fault.Crash), struck);
            Assert.Contains((point, Fault.Indefinite), struck);
        }
    }

    private static string RunToEnd(TopologyDriver driver, int seed)
    {
        SumInput.Pipe(driver, seed, Records);
        driver.Run();
        driver.EndFaults();
        driver.Flush();
        return SumInput.Committed(driver);
    }

    private static TopologyDriver Faulty(int seed, double rate, StageDefinition stage, HashSet<(FaultPoint, Fault)>? struck = null)
    {
        var random = new Random(seed);
        Fault Plan(string instance, FaultPoint point)
        {
            var likelier = point is FaultPoint.Send or FaultPoint.Poll or FaultPoint.RestoreRow ? 1 : 30;
            if (random.NextDouble() >= rate * likelier) return Fault.None;
            var fault = (Fault)random.Next(1, 6);
            struck?.Add((point, fault));
            return fault;
        }

        return new TopologyDriver([stage], new TopologyDriverOptions
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
                CommitRecords = 40,
                SnapshotInterval = TimeSpan.FromSeconds(3),
            },
        });
    }
}
