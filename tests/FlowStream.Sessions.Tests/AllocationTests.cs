using FlowStream.Parsing;

namespace FlowStream.Sessions.Tests;

public sealed class AllocationTests
{
    private const long T = JoinDriver.Epoch;
    private const int Sessions = 64;

    [Fact]
    public void A_message_allocates_nothing_once_the_state_has_grown()
    {
        SessionEvent[] events = Events();
        var join = new SessionJoin(new SessionOptions(), hashSeed: 1);
        var output = new DiscardingOutput();
        long now = T;
        // The lines are the same each time, and only received later: their clock is then taken for wrong, at no less cost.
        for (int i = 0; i < 5; i++) now = Cycle(join, events, output, now);
        long allocated = long.MaxValue;
        // Code that is not compiled for speed yet makes objects of numbers; on a busy machine that takes a while. A message that allocates
        // does so every time.
        for (int batch = 0; batch < 20 && allocated != 0; batch++)
        {
            long records = output.Records, before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++) now = Cycle(join, events, output, now);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(20 * 2 * Sessions, output.Records - records);
        }
        Assert.Equal(0, allocated);
        Assert.True(output.Deltas > 0 && output.Rows > 0);
    }

    // A denial, a create, two updates, both closes, the commit between them, the end of every session and its tombstone.
    private static long Cycle(SessionJoin join, SessionEvent[] events, DiscardingOutput output, long now)
    {
        foreach (SessionEvent e in events) join.Apply(e, now, "203.0.113.1"u8, output);
        join.CollectChanges(output);
        now += 3_600_000;
        join.AdvanceTime(now, output);
        join.CollectChanges(output);
        return now;
    }

    private static SessionEvent[] Events()
    {
        var events = new List<SessionEvent>();
        for (int i = 0; i < Sessions; i++)
        {
            var model = new Message(EventTag.RtFlowSessionDeny, T)
            {
                SourcePort = 10_000 + i, Id = i, Host = "fw" + (i % 3), NatSource = "203.0.113.5", Username = "user-" + (i % 7),
                Application = "HTTP", Extras = [("src-vrf-grp", "blue"), ("session-flag", "0"), ("application-risk", "2")],
            };
            events.Add(model.Parse(new SessionEvent()));
            events.Add((model with { Tag = EventTag.RtFlowSessionCreate }).Parse(new SessionEvent()));
            Message update = model with
            {
                Tag = EventTag.AppTrackSessionVolUpdate, Time = T + 60_000, Elapsed = 60, Totals = new(i, 2, 3, 4),
            };
            events.Add(update.Parse(new SessionEvent()));
            Message close = update with { Tag = EventTag.RtFlowSessionClose, Time = T + 90_000, Elapsed = 90, Reason = "TCP FIN" };
            events.Add((close with { Totals = new(i + 7, 9, 9, 9) }).Parse(new SessionEvent()));
            events.Add((close with { Totals = new(i + 7, 9, 9, 9), Tag = EventTag.AppTrackSessionClose }).Parse(new SessionEvent()));
        }
        return [.. events];
    }
}
