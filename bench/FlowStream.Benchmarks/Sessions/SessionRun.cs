using FlowStream.Benchmarks.Results;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>Measures the join by the number of sessions that are open, beside a join of the obvious kind.</summary>
/// <param name="tell">Takes each figure when it is known.</param>
internal sealed class SessionRun(Action<Figure> tell)
{
    private const string Rate = "messages/s per core";
    private const int WarmUpSessions = 10_000;
    private const int Messages = 64_000;
    private const int Rounds = 5;

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
        foreach (int sessions in sizes)
        {
            string name = FormattableString.Invariant($"join, {sessions:N0} open");
            Measure(name, static () => new SlotJoin(), sessions);
            if (sessions <= MostObjects) Measure($"{name}: dictionary of objects", static () => new DictionaryJoin(), sessions);
        }
        WheelCosts wheel = WheelCosts.Measure(sizes[^1]);
        tell(new Figure("timer: arm", wheel.Arm, "ns"));
        tell(new Figure("timer: move", wheel.Move, "ns"));
        tell(new Figure("timer: fire", wheel.Fire, "ns"));
    }

    // Made here, so that nothing of one measurement lives on in the next and is collected at its cost.
    private void Measure(string name, Func<IMeasuredJoin> make, int sessions)
    {
        IMeasuredJoin join = make();
        SessionLoad load = SessionLoad.Of(join, sessions);
        double best = 0;
        for (int round = 0; round < Rounds; round++) best = Math.Max(best, load.MessagesPerSecond(Messages));
        tell(new Figure(name, best, Rate));
        tell(new Figure($"{name}: process memory", load.ProcessBytesPerSession, "B/session"));
        tell(new Figure($"{name}: pause of a full collection", SessionLoad.CollectionPause().TotalMilliseconds, "ms"));
        GC.KeepAlive(join);
    }
}
