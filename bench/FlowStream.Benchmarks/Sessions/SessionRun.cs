using FlowStream.Benchmarks.Results;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>Measures the join by the number of sessions that are open, beside a join of the obvious kind.</summary>
/// <param name="tell">Takes each figure when it is known.</param>
internal sealed class SessionRun(Action<Figure> tell)
{
    private const int WarmUpSessions = 10_000;
    private const int Messages = 32_000;
    private const int Rounds = 30;

    // More objects than this take gigabytes, and the run minutes.
    private const int MostObjects = 1_000_000;

    /// <summary>The numbers of open sessions that are measured in full.</summary>
    public static readonly IReadOnlyList<int> AllSizes = [10_000, 100_000, 1_000_000, 5_000_000];

    /// <summary>Those that a run of everything has time for.</summary>
    public static readonly IReadOnlyList<int> ShortSizes = [10_000, 1_000_000];

    /// <summary>Measures each of <paramref name="sizes"/>.</summary>
    public void Measure(IReadOnlyList<int> sizes)
    {
        // The runtime compiles the hot methods anew after what they meet.
        for (int i = 0; i < 3; i++)
        {
            SessionLoad.Of(new SlotJoin(), WarmUpSessions).MessagesPerSecond(Messages);
            SessionLoad.Of(new DictionaryJoin(), WarmUpSessions).MessagesPerSecond(Messages);
        }
        // Objects last: a collection looks at all of them, whoever it is measured for.
        MeasuredLoad[] loads = [
            .. sizes.Select(size => new MeasuredLoad(NameOf(size), new SlotJoin(), size)),
            .. sizes.Where(size => size <= MostObjects).Select(
                size => new MeasuredLoad($"{NameOf(size)}: dictionary of objects", new DictionaryJoin(), size))];
        // In turns, so that whatever slows the machine down for a while slows all of them down.
        for (int round = 0; round < Rounds; round++)
        {
            foreach (MeasuredLoad load in loads) load.Measure(Messages);
        }
        foreach (MeasuredLoad load in loads) load.Tell(tell);
        WheelCosts wheel = WheelCosts.Measure(sizes[^1]);
        tell(new Figure("timer: arm", wheel.Arm, "ns"));
        tell(new Figure("timer: move", wheel.Move, "ns"));
        tell(new Figure("timer: fire", wheel.Fire, "ns"));
    }

    private static string NameOf(int sessions) => FormattableString.Invariant($"join, {sessions:N0} open");
}
