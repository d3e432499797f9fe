using FlowStream.Benchmarks.Results;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>A join with its sessions open, and how quick it was in each round.</summary>
internal sealed class MeasuredLoad
{
    private readonly string _name;
    private readonly SessionLoad _load;
    private readonly TimeSpan _pause;
    private readonly List<double> _rates = [];

    /// <summary>Opens <paramref name="sessions"/> in <paramref name="join"/>; <paramref name="name"/> begins its figures' names.</summary>
    public MeasuredLoad(string name, IMeasuredJoin join, int sessions)
    {
        _name = name;
        _load = SessionLoad.Of(join, sessions);
        _pause = SessionLoad.CollectionPause();
    }

    /// <summary>Goes on for a number of messages.</summary>
    public void Measure(int messages) => _rates.Add(_load.MessagesPerSecond(messages));

    /// <summary>Says what was measured.</summary>
    public void Tell(Action<Figure> tell)
    {
        // The median and not the best: a moment in which the machine was quick must not count for one load and not for the others.
        tell(new Figure(_name, _rates.Order().ElementAt(_rates.Count / 2), "messages/s per core"));
        tell(new Figure($"{_name}: process memory", _load.ProcessBytesPerSession, "B/session"));
        tell(new Figure($"{_name}: pause of a full collection", _pause.TotalMilliseconds, "ms"));
    }
}
