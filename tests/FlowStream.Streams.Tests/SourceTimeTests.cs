using FlowStream.Streams.Tasks;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

/// <summary>The time of a stage whose records come from several tasks of the stage before.</summary>
public sealed class SourceTimeTests
{
    private const long IdleMs = 10_000;

    [Fact]
    public void The_least_of_the_sources_counts_however_far_another_is_ahead()
    {
        StreamClock clock = Clock(expected: 0);
        Assert.True(clock.Observe(0, 1_000, nowMs: 0));
        Assert.True(clock.Observe(1, 1_500, nowMs: 0) || clock.Time == 1_000);
        Assert.False(clock.Observe(1, 3 * 86_400_000L, nowMs: 0));
        Assert.Equal(1_000, clock.Time);
        Assert.True(clock.Observe(0, 60_000, nowMs: 0));
        Assert.Equal(60_000, clock.Time);
    }

    [Fact]
    public void Sources_that_are_expected_are_waited_for_until_they_were_silent_too_long()
    {
        StreamClock clock = Clock(expected: 2);
        Assert.False(clock.Observe(0, 5_000, nowMs: 100));
        Assert.Equal(long.MinValue, clock.Time);
        Assert.Equal(long.MinValue, clock.CarriedTo(IdleMs - 1));
        Assert.Equal(5_000 + IdleMs - 100, clock.CarriedTo(IdleMs));
        Assert.True(clock.Observe(0, 90_000, nowMs: IdleMs));
        Assert.Equal(90_000, clock.Time);
    }

    [Fact]
    public void A_quiet_source_is_carried_on_by_the_wall_clock_and_then_left_out()
    {
        StreamClock clock = Clock(expected: 2);
        clock.Observe(0, 1_000, nowMs: 0);
        clock.Observe(1, 1_000, nowMs: 0);
        clock.Observe(0, 100_000, nowMs: 4_000);
        Assert.Equal(5_000, clock.Time);
        clock.Observe(0, 200_000, nowMs: IdleMs);
        Assert.Equal(200_000, clock.Time);
        // Back again, it takes nothing back.
        clock.Observe(1, 50_000, nowMs: IdleMs + 1);
        Assert.Equal(200_000, clock.Time);
    }

    [Fact]
    public void When_all_are_silent_the_wall_clock_carries_the_highest_on()
    {
        StreamClock clock = Clock(expected: 0);
        clock.Observe(0, 1_000, nowMs: 0);
        clock.Observe(1, 7_000, nowMs: 0);
        Assert.Equal(7_000 + IdleMs, clock.CarriedTo(IdleMs));
    }

    [Fact]
    public void A_restored_time_holds_for_every_expected_source()
    {
        StreamClock clock = Clock(expected: 3);
        clock.Restore(500_000, nowMs: 0);
        Assert.False(clock.Observe(0, 900_000, nowMs: 0));
        clock.Observe(1, 800_000, nowMs: 0);
        Assert.Equal(500_000, clock.Time);
        clock.Observe(2, 700_000, nowMs: 0);
        Assert.Equal(700_000, clock.Time);
    }

    [Fact]
    public void Records_that_do_not_say_where_they_come_from_are_one_source_more()
    {
        StreamClock clock = Clock(expected: 0);
        Assert.True(clock.Observe(-1, 5_000, nowMs: 0));
        Assert.Equal(5_000 + 700, clock.CarriedTo(700));
        clock.Observe(0, 3_000, nowMs: 0);
        clock.Observe(-1, 90_000, nowMs: 0);
        Assert.Equal(5_000, clock.Time);
    }

    [Fact]
    public void Numbers_of_no_source_are_ignored_and_time_never_goes_back() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        StreamClock clock = Clock(expected: 3);
        long last = long.MinValue, now = 0;
        for (int i = 0; i < 2_000; i++)
        {
            now += random.Next(500);
            long before = clock.Time;
            int source = random.Next(-1, 6) is var drawn && drawn == 5 ? int.MaxValue : drawn;
            bool moved = clock.Observe(source, random.NextInt64(10_000_000), now);
            Assert.Equal(moved, clock.Time > before);
            if (source == int.MaxValue) Assert.False(moved);
            if (random.Next(10) == 0) clock.Carry(clock.CarriedTo(now));
            Assert.True(clock.Time >= last);
            last = clock.Time;
        }
    });

    private static StreamClock Clock(int expected)
    {
        var clock = new StreamClock(0, new StageSources(_ => 0, expected, TimeSpan.FromMilliseconds(IdleMs)));
        clock.Restore(long.MinValue, nowMs: 0);
        return clock;
    }
}
