using Do = FlowStream.Sessions.Lifecycle.LifeEffects;
using In = FlowStream.Sessions.Lifecycle.LifeState;
using On = FlowStream.Sessions.Lifecycle.LifeEvent;

namespace FlowStream.Sessions.Lifecycle;

/// <summary>
/// The state machine of a session as one table: the join does what stands here, and <c>docs/sessions.md</c> shows it. A pair of state and
/// event that is not in it cannot happen.
/// </summary>
internal static class Lives
{
    /// <summary>The table.</summary>
    public static readonly LifeStep[] Steps =
    [
        new(In.None, On.Message, In.Open, Do.Open | Do.ArmIdle),
        new(In.None, On.End, In.Closing, Do.Open | Do.ArmSettle),

        new(In.Open, On.Message, In.Open, Do.ArmIdle),
        new(In.Open, On.End, In.Closing, Do.ArmSettle),
        new(In.Open, On.Successor, In.Superseded, Do.ArmSettle),
        new(In.Open, On.Timer, In.Final, Do.Finish | Do.ArmRemember),
        new(In.Open, On.Eviction, In.None, Do.Finish | Do.Forget),

        new(In.Superseded, On.Message, In.Superseded),
        new(In.Superseded, On.End, In.Closing),
        new(In.Superseded, On.Successor, In.Superseded),
        new(In.Superseded, On.Timer, In.Final, Do.Finish | Do.ArmRemember),
        new(In.Superseded, On.Eviction, In.None, Do.Finish | Do.Forget),

        new(In.Closing, On.Message, In.Closing),
        new(In.Closing, On.End, In.Closing),
        new(In.Closing, On.Successor, In.Closing),
        new(In.Closing, On.Timer, In.Final, Do.Finish | Do.ArmRemember),
        new(In.Closing, On.Eviction, In.None, Do.Finish | Do.Forget),

        new(In.Final, On.Message, In.Final, Do.Revise),
        new(In.Final, On.End, In.Final, Do.Revise),
        new(In.Final, On.Successor, In.Final),
        new(In.Final, On.Timer, In.None, Do.Forget),
        new(In.Final, On.Eviction, In.None, Do.Forget),
    ];

    /// <summary>The devices' words for the states.</summary>
    public static readonly LifeStateRow[] States =
    [
        new(In.None, "INIT, FREE: in the pool of free sessions; OPENING: being set up, nothing is logged yet",
            "before the first packet has passed policy and route; after the session was deleted"),
        new(In.Open, "ACTIVE; DISCARD: denied after it was allowed, its packets are dropped until its end log",
            "installed (`Session State: Valid`)"),
        new(In.Superseded, "INIT: its id was taken from the pool again, its end log was lost",
            "deleted, its close was lost; or goes on under another id, on the other node or another route"),
        new(In.Closing, "CLOSING, CLOSED: its end log is written", "closed or aged out, its close messages are written"),
        new(In.Final, "FREE", "deleted"),
    ];

    private static readonly int Events = Enum.GetValues<LifeEvent>().Length;

    private static readonly LifeStep[] ByPair = Index();

    /// <summary>The line for <paramref name="happened"/> in <paramref name="state"/>.</summary>
    public static ref readonly LifeStep Of(LifeState state, LifeEvent happened) => ref ByPair[((int)state * Events) + (int)happened];

    private static LifeStep[] Index()
    {
        var index = new LifeStep[Enum.GetValues<LifeState>().Length * Events];
        foreach (LifeStep step in Steps) index[((int)step.State * Events) + (int)step.Event] = step;
        return index;
    }
}
