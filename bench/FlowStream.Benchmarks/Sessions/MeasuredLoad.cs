using FlowStream.Benchmarks.Results;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>A join with its sessions open, and the best that it did so far.</summary>
internal sealed class MeasuredLoad
{
    private readonly string _name;
    private readonly SessionLoad _load;
    private readonly TimeSpan _pause;
    private double _best;

    /// <summary>Opens <paramref name="sessions"/> in <paramref name="join"/>; <paramref name="name"/> begins its figures' names.</summary>
    public MeasuredLoad(string name, IMeasuredJoin join, int sessions)
    {
        _name = name;
        _load = SessionLoad.Of(join, sessions);
        _pause = SessionLoad.CollectionPause();
    }

    /// <summary>Goes on for a number of messages.</summary>
    public void Measure(int messages) => _best = Math.Max(_best, _load.MessagesPerSecond(messages));

    /// <summary>Says what was measured.</summary>
    public void Tell(Action<Figure> tell)
    {
        tell(new Figure(_name, _best, "messages/s per core"));
        tell(new Figure($"{_name}: process memory", _load.ProcessBytesPerSession, "B/session"));
        tell(new Figure($"{_name}: pause of a full collection", _pause.TotalMilliseconds, "ms"));
    }
}
