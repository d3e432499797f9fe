namespace FlowStream.Testing.Tests;

public sealed class FakeTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 28, 10, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        Assert.Equal(Start, _clock.GetUtcNow());
        long before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Start.AddSeconds(3), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_see_that_time()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using ITimer late = Once("late", TimeSpan.FromSeconds(2), fired);
        using ITimer early = Once("early", TimeSpan.FromSeconds(1), fired);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([("early", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(2))], fired);
        Assert.Equal(Start.AddSeconds(5), _clock.GetUtcNow());
    }

    [Fact]
    public void A_timer_does_not_fire_one_tick_early()
    {
        var fired = new List<(string, TimeSpan)>();
        using ITimer timer = Once("only", TimeSpan.FromSeconds(1), fired);
        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Empty(fired);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_per_period()
    {
        int fired = 0;
        using ITimer timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(4, fired);
    }

    [Fact]
    public void A_timer_armed_by_a_callback_fires_within_the_same_step()
    {
        var fired = new List<(string, TimeSpan)>();
        ITimer? second = null;
        using ITimer first = _clock.CreateTimer(
            _ => second = Once("second", TimeSpan.FromSeconds(1), fired), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([("second", TimeSpan.FromSeconds(2))], fired);
        second?.Dispose();
    }

    [Fact]
    public void A_disposed_or_disarmed_timer_never_fires()
    {
        var fired = new List<(string, TimeSpan)>();
        ITimer disposed = Once("disposed", TimeSpan.FromSeconds(1), fired);
        using ITimer disarmed = Once("disarmed", TimeSpan.FromSeconds(1), fired);
        disposed.Dispose();
        Assert.True(disarmed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(fired);
    }

    [Fact]
    public void Stepping_the_wall_clock_fires_nothing_and_moves_no_timestamp()
    {
        var fired = new List<(string, TimeSpan)>();
        using ITimer timer = Once("only", TimeSpan.FromSeconds(1), fired);
        long before = _clock.GetTimestamp();
        _clock.SetUtcNow(Start.AddHours(-1));
        Assert.Equal(before, _clock.GetTimestamp());
        Assert.Empty(fired);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(fired);
    }

    [Fact]
    public void A_cancellation_timeout_on_this_clock_ends_when_it_is_advanced()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10), _clock);
        Assert.False(timeout.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer Once(string name, TimeSpan due, List<(string, TimeSpan)> fired) =>
        _clock.CreateTimer(_ => fired.Add((name, _clock.GetUtcNow() - Start)), null, due, Timeout.InfiniteTimeSpan);
}
