using FlowStream.Streams.Clients;
using FlowStream.Streams.Tasks;
using FlowStream.Streams.Threads;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Driver;

/// <summary>One simulated process: its disk outlives it, its threads and connection do not.</summary>
internal sealed class DriverInstance : IDisposable
{
    private readonly IReadOnlyList<StageDefinition> _stages;
    private readonly TopologyDriverOptions _options;
    private readonly InMemoryBroker _broker;
    private readonly ManualTimeProvider _time;
    private readonly StreamsMetrics _metrics;
    private readonly ILoggerFactory _loggers;
    private InMemoryClient? _client;

    public DriverInstance(
        string name, IReadOnlyList<StageDefinition> stages, TopologyDriverOptions options, InMemoryBroker broker, ManualTimeProvider time,
        StreamsMetrics metrics, ILoggerFactory loggers)
    {
        Name = name;
        _stages = stages;
        _options = options;
        _broker = broker;
        _time = time;
        _metrics = metrics;
        _loggers = loggers;
        Faults = new FaultInjector(options.Faults is { } plan ? point => plan(name, point) : null);
        Disk = new MemorySnapshotStore(Faults);
    }

    public string Name { get; }

    public FaultInjector Faults { get; }

    public MemorySnapshotStore Disk { get; }

    public List<StreamThread> Threads { get; } = [];

    /// <summary>Turns it still misses.</summary>
    public int MissedTurns { get; private set; }

    private bool IsRestartDue { get; set; }

    public bool IsUp => _client is not null;

    public void Start()
    {
        _client = new InMemoryClient(_broker, Faults, _options);
        var client = _options.Decorate?.Invoke(_client) ?? _client;
        foreach (var stage in _stages)
        {
            StageTopics.Create(client, _options.Streams.ApplicationId, stage);
            for (var i = 0; i < _options.Streams.Threads; i++) Threads.Add(CreateThread(client, stage, $"{stage.Name}-{i}"));
        }
    }

    /// <summary>Everything in memory is gone and nobody is told.</summary>
    public void Crash()
    {
        _client?.Die();
        _client = null;
        Threads.Clear();
        Faults.IsStallDue = false;
        MissedTurns = 0;
        IsRestartDue = false;
    }

    /// <summary>Everything in memory is gone, and a supervisor starts the process again after some turns.</summary>
    public void CrashAndRestart(int turns)
    {
        Crash();
        MissedTurns = turns;
        IsRestartDue = true;
    }

    /// <summary>Counts a turn that the instance misses; returns false when it takes its turns.</summary>
    public bool MissTurn()
    {
        if (MissedTurns == 0) return false;
        if (--MissedTurns > 0 || !IsRestartDue) return true;
        IsRestartDue = false;
        Start();
        return true;
    }

    /// <summary>The instance misses the next turns, and its groups drop it.</summary>
    public void Stall(int turns)
    {
        Faults.IsStallDue = false;
        MissedTurns = turns;
        _client?.Evict();
    }

    /// <summary>Commits, writes snapshots, leaves its groups.</summary>
    public void Stop()
    {
        foreach (var thread in Threads) thread.Close();
        Dispose();
    }

    public void Dispose()
    {
        foreach (var thread in Threads) thread.Dispose();
        Threads.Clear();
        _client?.Dispose();
        _client = null;
    }

    private StreamThread CreateThread(IKafkaClient client, StageDefinition stage, string thread)
    {
        var options = _options.Recoverable ? _options.Streams : _options.Streams with { SnapshotInterval = TimeSpan.MaxValue };
        return new StreamThread(stage, new StreamThreadContext
        {
            Name = $"{Name}-{thread}",
            GroupId = StageTopics.GroupId(options.ApplicationId, stage),
            TransactionalId = $"{options.ApplicationId}-{Name}-{thread}",
            ChangelogTopic = StageTopics.Changelog(options.ApplicationId, stage),
            Client = client,
            Snapshots = Disk,
            Options = options,
            Time = _time,
            Events = new StreamsEvents(_metrics, _loggers.CreateLogger<StreamThread>(), $"{Name}-{thread}"),
        });
    }
}
