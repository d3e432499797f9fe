using FlowStream.Streams.Driver;
using FlowStream.Streams.Tasks;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

public sealed class TimeTests
{
    [Fact]
    public void Stream_time_follows_the_highest_timestamp_less_the_allowance_and_never_goes_back() => Properties.Check<int[]>(timestamps =>
    {
        var clock = new StreamClock(allowanceMs: 100);
        var highest = long.MinValue;
        foreach (var timestamp in timestamps)
        {
            var moved = clock.Observe(timestamp, nowMs: 0);
            Assert.Equal(timestamp > highest, moved);
            highest = Math.Max(highest, timestamp);
            Assert.Equal(highest - 100, clock.Time);
        }
    });

    [Fact]
    public void The_wall_clock_carries_time_on_from_the_last_record_that_moved_it()
    {
        var clock = new StreamClock(allowanceMs: 100);
        Assert.Equal(long.MinValue, clock.CarriedTo(nowMs: 5));
        clock.Observe(1000, nowMs: 50);
        clock.Observe(900, nowMs: 60);
        Assert.Equal(900, clock.CarriedTo(nowMs: 50));
        Assert.Equal(930, clock.CarriedTo(nowMs: 80));
        clock.Carry(930);
        Assert.False(clock.Observe(1000, nowMs: 90));
        Assert.Equal(930, clock.Time);
    }

    [Fact]
    public void While_a_partition_is_quiet_the_wall_clock_fires_its_timers()
    {
        using var driver = new TopologyDriver([SumProcessor.Stage()]);
        SumInput.Pipe(driver, seed: 1, count: 1);
        driver.Run();
        driver.AdvanceWallClock(TimeSpan.FromSeconds(4));
        Assert.Empty(driver.Read("totals"));
        driver.AdvanceWallClock(TimeSpan.FromSeconds(3));
        Assert.Single(driver.Read("totals"));
    }

    [Fact]
    public void Time_that_the_wall_clock_carried_on_survives_a_crash_with_what_it_fired()
    {
        using var driver = Recoverable();
        SumInput.Pipe(driver, seed: 1, count: 100);
        driver.Run();
        driver.AdvanceWallClock(TimeSpan.FromMinutes(1));
        var time = Only(driver).Clock.Time;
        var totals = driver.Read("totals").Count;
        driver.Crash("instance-0");
        driver.Find("instance-0").Disk.Files.Clear();
        driver.Restart("instance-0");
        driver.Run();
        Assert.Equal(time, Only(driver).Clock.Time);
        driver.AdvanceWallClock(TimeSpan.FromMinutes(1));
        Assert.True(totals > 0);
        Assert.Empty(driver.Read("totals"));
    }

    [Fact]
    public void A_quiet_task_without_timers_commits_nothing()
    {
        using var driver = Recoverable();
        SumInput.Pipe(driver, seed: 1, count: 100);
        driver.Flush();
        var activity = driver.Broker.Activity;
        for (var i = 0; i < 100; i++) driver.AdvanceWallClock(TimeSpan.FromSeconds(1));
        Assert.Equal(activity, driver.Broker.Activity);
    }

    [Fact]
    public void What_waits_to_be_read_says_what_time_it_is_not_the_wall_clock()
    {
        using var driver = Recoverable();
        SumInput.Pipe(driver, seed: 1, count: 1);
        driver.Run();
        driver.Crash("instance-0");
        SumInput.Pipe(driver, seed: 1, count: 1, from: 1);
        driver.Time.Advance(TimeSpan.FromHours(1));
        driver.Restart("instance-0");
        driver.Run();
        // Both records are close in their own time, so no timer lies between them, however long the machine was down.
        Assert.Empty(driver.Read("totals"));
        Assert.Equal(2, driver.Read("running").Count);
    }

    [Fact]
    public void One_timestamp_from_the_far_future_does_not_move_time_there()
    {
        const long far = 4_102_444_800_000;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        var streams = new TopologyDriverOptions().Streams with { MaxTimestampLead = TimeSpan.FromHours(1) };
        using var driver = new TopologyDriver(
            [SumProcessor.Stage()], new TopologyDriverOptions { Recoverable = true, Start = now, Streams = streams });
        SumInput.Pipe(driver, seed: 1, count: 1);
        driver.Pipe("input", new byte[8], new byte[8], far);
        driver.Pipe("input", new byte[8], new byte[8], now.AddHours(1).ToUnixTimeMilliseconds());
        driver.Run();
        Assert.InRange(Only(driver).Clock.Time, now.AddMinutes(59).ToUnixTimeMilliseconds(), now.AddHours(1).ToUnixTimeMilliseconds());
        Assert.Equal(3, driver.Read("running").Count);
    }

    [Fact]
    public void A_flush_ends_when_no_timer_is_pending_and_the_same_input_gives_the_same_bytes()
    {
        var first = SumInput.WithoutFaults(seed: 9, count: 500, partitions: 2);
        Assert.Equal(first, SumInput.WithoutFaults(seed: 9, count: 500, partitions: 2));
    }

    private static StreamTask Only(TopologyDriver driver) => Assert.Single(Assert.Single(driver.Find("instance-0").Threads).Tasks);

    private static TopologyDriver Recoverable() =>
        new([SumProcessor.Stage()], new TopologyDriverOptions { Recoverable = true });
}
