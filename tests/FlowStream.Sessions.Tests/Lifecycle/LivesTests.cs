using FlowStream.Parsing;
using FlowStream.Sessions.Lifecycle;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Tests.Lifecycle;

public sealed class LivesTests
{
    private const long T = JoinDriver.Epoch;

    private static readonly Message Create = new(EventTag.RtFlowSessionCreate, T);

    private static readonly Message Update = new(EventTag.AppTrackSessionVolUpdate, T + 900)
    {
        Elapsed = 1, Totals = new Volume(1, 2, 1, 1), Application = "HTTP",
    };

    private static readonly Message Close = new(EventTag.RtFlowSessionClose, T + 1_000)
    {
        Elapsed = 1, Totals = new Volume(3, 4, 2, 2), Reason = "TCP FIN",
    };

    public static TheoryData<int> Lines => [.. Enumerable.Range(0, Lives.Steps.Length)];

    [Fact]
    public void No_pair_of_state_and_event_has_two_lines_and_only_what_cannot_happen_has_none()
    {
        Assert.Equal(Lives.Steps.Length, Lives.Steps.DistinctBy(s => (s.State, s.Event)).Count());
        var absent = from state in Enum.GetValues<LifeState>()
                     from happened in Enum.GetValues<LifeEvent>()
                     where !Lives.Steps.Any(s => s.State == state && s.Event == happened)
                     select (state, happened);
        // Where nothing is known there is nothing to time or to follow.
        Assert.Equal(
            [(LifeState.None, LifeEvent.Successor), (LifeState.None, LifeEvent.Timer), (LifeState.None, LifeEvent.Eviction)],
            absent);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_join_does_what_the_line_says(int line)
    {
        LifeStep step = Lives.Steps[line];
        JoinDriver driver = In(step.State);
        Assert.Equal(step.State, StateOfFirst(driver));
        int records = driver.Output.Sessions.Count;
        long before = driver.Join.NextTimer;
        Happen(driver, step);
        Assert.Equal(step.Next, StateOfFirst(driver));
        RecordedSession[] said = [.. driver.Output.Sessions.Skip(records)];
        Assert.Equal(step.Has(LifeEffects.Finish) ? [0] : step.Has(LifeEffects.Revise) ? [1] : [], said.Select(r => r.Revision));
        int opened = driver.Output.Counts.Where(c => c.Key is (SessionCount.Opened, _, _, T)).Sum(c => c.Value);
        Assert.Equal(step.State != LifeState.None || step.Has(LifeEffects.Open) ? 1 : 0, opened);
        if (step.Effects == LifeEffects.None) Assert.Equal(before, driver.Join.NextTimer);
    }

    private static LifeState StateOfFirst(JoinDriver driver) => First(driver) is var id and not 0
        ? driver.Join.Store.Slots[id].State
        : LifeState.None;

    private static JoinDriver In(LifeState state)
    {
        var driver = new JoinDriver(new SessionOptions { MaxInstances = 3 });
        return state switch
        {
            LifeState.None => driver,
            LifeState.Open => driver.Send(Create),
            LifeState.Superseded => driver.Send(Create, Create with { Time = T + 3_000 }),
            LifeState.Closing => driver.Send(Create, Close),
            _ => driver.Send(Create, Close).Advance(T + 7_000),
        };
    }

    private static void Happen(JoinDriver driver, in LifeStep step)
    {
        long now = Math.Max(T, driver.Join.StreamTime);
        switch (step.Event)
        {
            case LifeEvent.Message when step.State is LifeState.None:
                driver.Send(Create, now);
                break;
            case LifeEvent.Message:
                driver.Send(Update, now);
                break;
            case LifeEvent.End when step.State is LifeState.None:
                driver.Send(Close with { Time = T, Elapsed = 0 }, now);
                break;
            case LifeEvent.End:
                driver.Send(Close with { Time = T + 1_100, Reason = "TCP SERVER RST" }, now);
                break;
            case LifeEvent.Successor:
                driver.Send(Create with { Time = T + 30_000 }, now);
                break;
            case LifeEvent.Timer:
                driver.Advance(driver.Join.Store.Timers.DeadlineOf(First(driver)));
                break;
            default:
                // What only waits to be continued is not superseded, and open until there are too many.
                if (step.State == LifeState.Open) driver.Send(Close with { Reason = "HA" }, now);
                for (int i = 2; First(driver) != 0; i++) driver.Send(Create with { Time = T + (i * 3_000) }, now);
                break;
        }
    }

    private static int First(JoinDriver driver)
    {
        SessionStore store = driver.Join.Store;
        return Enumerable.Range(1, store.Slots.High)
            .SingleOrDefault(id => store.Slots[id].Phase != SessionPhase.Free && store.Slots[id].Anchor == T);
    }
}
