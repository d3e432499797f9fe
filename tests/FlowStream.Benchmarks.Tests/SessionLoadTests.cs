using FlowStream.Benchmarks.Sessions;

namespace FlowStream.Benchmarks.Tests;

public sealed class SessionLoadTests
{
    private const int Sessions = 2000;

    [Fact]
    public void Both_joins_hold_as_many_sessions_as_are_open_and_lose_none_while_they_come_and_go()
    {
        var slots = new SlotJoin();
        var objects = new DictionaryJoin();
        foreach (IMeasuredJoin join in new IMeasuredJoin[] { slots, objects })
        {
            SessionLoad load = SessionLoad.Of(join, Sessions);
            Assert.True(load.MessagesPerSecond(4 * Sessions) > 0);
        }
        // A session that has closed waits for its twin before it is no longer open.
        Assert.InRange(slots.OpenSessions, Sessions, 3 * Sessions);
        Assert.InRange(objects.OpenSessions, Sessions - 1, Sessions);
        Assert.True(slots.Outputs > 4 * Sessions);
        Assert.True(objects.ClosedBytes > 0);
    }

    [Fact]
    public void An_open_session_takes_little_more_than_its_slot_its_messages_and_its_addresses()
    {
        // Just above what the index held before it grew: the room that is left free counts in full.
        const int Many = 50_000;
        var join = new SlotJoin();
        SessionLoad.Of(join, Many);
        // A slot of 128 bytes, one and a half messages of 64, addresses of 48.
        Assert.InRange(join.MemoryBytes / (double)Many, 128 + 96 + 48, 128 + 96 + 48 + 48);
    }

    [Fact]
    public void Every_timer_fires_and_each_operation_has_its_cost()
    {
        WheelCosts costs = WheelCosts.Measure(10_000);
        Assert.True(costs.Arm > 0 && costs.Move > 0 && costs.Fire > 0);
    }
}
