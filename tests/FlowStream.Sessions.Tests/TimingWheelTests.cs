using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class TimingWheelTests
{
    [Fact]
    public void The_wheel_fires_what_a_sorted_list_fires() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 50; round++) RunAgainstModel(random, steps: 400);
    });

    [Fact]
    public void A_deadline_that_has_passed_fires_with_the_next_millisecond()
    {
        var wheel = Wheel(60);
        Assert.False(wheel.TryAdvance(1_000_000, out _, out _));
        wheel.Arm(1, 5);
        Assert.False(wheel.TryAdvance(1_000_000, out _, out _));
        Assert.True(wheel.TryAdvance(1_000_001, out long deadline, out Span<int> due));
        Assert.Equal(1_000_001, deadline);
        Assert.Equal([1], due.ToArray());
    }

    [Fact]
    public void The_longest_time_can_be_armed_and_passed()
    {
        var wheel = Wheel(60);
        wheel.Arm(1, long.MaxValue);
        Assert.False(wheel.TryAdvance(TimingWheel.MaxTime - 1, out _, out _));
        Assert.True(wheel.TryAdvance(long.MaxValue, out long deadline, out _));
        Assert.Equal(TimingWheel.MaxTime, deadline);
    }

    private static TimingWheel Wheel(int slots)
    {
        var array = new PagedArray<SessionSlot>();
        for (int slot = 0; slot < slots; slot++) array.Rent();
        return new TimingWheel(array);
    }

    private static void RunAgainstModel(Random random, int steps)
    {
        var wheel = Wheel(60);
        var model = new Dictionary<int, long>();
        long now = random.NextInt64(1L << 42);
        Assert.False(wheel.TryAdvance(now, out _, out _));
        for (int step = 0; step < steps; step++)
        {
            int id = random.Next(1, 60);
            switch (random.Next(4))
            {
                case 0 or 1:
                    long deadline = now + random.NextInt64(1, 1L << random.Next(1, 36));
                    wheel.Arm(id, deadline);
                    model[id] = deadline;
                    break;
                case 2:
                    wheel.Cancel(id);
                    model.Remove(id);
                    break;
                default:
                    now += random.NextInt64(1L << random.Next(1, 34));
                    FireBoth(wheel, model, now);
                    break;
            }
            Assert.Equal(model.Count, wheel.Count);
            Assert.Equal(model.GetValueOrDefault(id, long.MaxValue), wheel.DeadlineOf(id));
            long earliest = model.Count == 0 ? long.MaxValue : model.Values.Min();
            Assert.InRange(wheel.NextDeadline, model.Count == 0 ? long.MaxValue : now + 1, earliest);
        }
    }

    private static void FireBoth(TimingWheel wheel, Dictionary<int, long> model, long now)
    {
        var fired = new List<(long, int)>();
        while (wheel.TryAdvance(now, out long deadline, out Span<int> due))
        {
            due.Sort();
            foreach (int id in due) fired.Add((deadline, id));
        }
        var expected = model.Where(t => t.Value <= now).Select(t => (t.Value, t.Key)).Order().ToList();
        Assert.Equal(expected, fired);
        foreach ((long _, int id) in expected) model.Remove(id);
    }
}
