using System.Diagnostics.Metrics;
using FlowStream.Streams.Driver;
using FlowStream.Streams.Threads;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

public sealed class MemoryTests
{
    [Fact]
    public void At_the_memory_budget_partitions_pause_until_timers_free_memory_and_nothing_is_dropped()
    {
        using var loggers = new TestLoggerFactory();
        var paused = new List<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            var isWanted = instrument.Meter.Name == StreamsMetrics.MeterName && instrument.Name == "memory-paused";
            if (isWanted) it.EnableMeasurementEvents(instrument);
        };
        int thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<int>((_, value, _, _) =>
        {
            // The driver runs on the test's thread; tests beside this one run on others.
            if (Environment.CurrentManagedThreadId == thread) paused.Add(value);
        });
        listener.Start();
        // The toy takes 100 bytes per key, so the sixth key is over the budget.
        using var driver = new TopologyDriver([SumProcessor.Stage()], new TopologyDriverOptions
        {
            Recoverable = true,
            Streams = new StreamsOptions
            {
                ApplicationId = "driver", BootstrapServers = "-", StateDirectory = "-", CommitRecords = 10, MemoryBudget = 550,
                MaxTimestampLead = null,
            },
        }, loggers);
        SumInput.Pipe(driver, seed: 1, count: 100);
        driver.Run();
        var read = driver.Read("running").Count;
        Assert.InRange(read, 1, 99);
        Assert.Equal(1, paused[^1]);
        driver.Flush();
        Assert.Equal(100, read + driver.Read("running").Count);
        Assert.Equal(0, paused[^1]);
        Assert.Contains(loggers.Lines, line => line.Message.Contains("partitions are paused"));
        Assert.Contains(loggers.Lines, line => line.Message.Contains("partitions go on"));
    }
}
