using FlowStream.Streams.Threads;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Streams.Driver;

/// <summary>
/// Runs stages in process over an in-memory log, without Kafka and without sleeping: the same threads, tasks, commits and restores as with
/// Kafka, turned by the caller, on a clock that moves when told to. The same calls give the same output. Not thread-safe.
/// </summary>
/// <remarks>
/// Without <see cref="TopologyDriverOptions.Recoverable"/> it is lean enough to put whole files through; with it, instances can be crashed,
/// stopped, added and evicted, and a fault plan asked at every step.
/// </remarks>
public sealed class TopologyDriver : IDisposable
{
    // Piped records gather to a batch before the stages turn: enough to keep caches warm, little enough to bound memory.
    private const int BatchRecords = 2048;

    // A turn may move a task from one state to the next without the broker noticing; three in a row do not.
    private const int FruitlessTurns = 3;

    // Long enough for others to take over, work, commit and fail in their turn before the zombie wakes.
    private const int StallTurns = 100;

    // Long enough, with the simulated waiting in between, for a short session to time out and others to take over.
    private const int RestartTurns = 300;

    // Waiting (for a backoff, a zombie's transaction, a session timeout) is simulated in steps of this.
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(100);

    // More simulated waiting than every timeout together means that the stages never come to rest.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(30);

    private readonly TopologyDriverOptions _options;
    private readonly IReadOnlyList<StageDefinition> _stages;
    private readonly ILoggerFactory _loggers;
    private readonly StreamsMetrics _metrics = new();
    private readonly InMemoryBroker _broker;
    private readonly List<DriverInstance> _instances = [];
    private readonly Dictionary<InMemoryPartition, long> _read = [];
    private InMemoryTopic? _lastTopic;
    private int _piped;
    private int _named;

    /// <summary>Creates the topics and starts the instances.</summary>
    /// <param name="stages">The stages; inputs that no stage writes are created with <see
    /// cref="TopologyDriverOptions.Partitions"/>.</param>
    /// <param name="options">How to run them; null for the lean default.</param>
    /// <param name="loggers">Where the runtime logs; null for nowhere.</param>
    public TopologyDriver(IReadOnlyList<StageDefinition> stages, TopologyDriverOptions? options = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(stages);
        _stages = stages;
        _options = options ?? new TopologyDriverOptions();
        _options.Streams.Validate();
        if (_options is { Recoverable: false, Faults: not null })
        {
            throw new ArgumentException("Faults need a recoverable driver.", nameof(options));
        }

        _loggers = loggers ?? NullLoggerFactory.Instance;
        Time = new ManualTimeProvider(_options.Start);
        _broker = new InMemoryBroker(_options, Time);
        foreach (var stage in stages) _broker.CreateTopic(stage.InputTopic, _options.Partitions, isDiscarded: false);
        for (var i = 0; i < _options.Instances; i++) AddInstance();
    }

    /// <summary>The wall clock of everything in here.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>The instances that run, by name, oldest first.</summary>
    public IReadOnlyList<string> Instances => [.. _instances.Where(instance => instance.IsUp).Select(instance => instance.Name)];

    /// <summary>
    /// Writes a committed record to an input topic. Records are processed in batches; <see cref="Run"/> processes the rest.
    /// </summary>
    public void Pipe(
        string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null)
    {
        if (!ReferenceEquals(_lastTopic?.Name, topic)) _lastTopic = _broker.Topic(topic);
        var target = _lastTopic!;
        target.Partitions[target.PartitionFor(key)].Append(key, value, timestamp, headers, producerId: -1);
        if (++_piped < BatchRecords) return;
        _piped = 0;
        while (TurnAll())
        {
        }
    }

    /// <summary>Turns the stages until nothing is left to read, commit or restore. Moves the clock only to wait for what fails.</summary>
    /// <exception cref="InvalidOperationException">The stages do not come to rest.</exception>
    public void Run()
    {
        _piped = 0;
        for (var waited = TimeSpan.Zero; waited < WaitLimit; waited += WaitStep)
        {
            if (TurnWhileFruitful() || !IsSettled())
            {
                Wait(WaitStep);
                continue;
            }

            if (!CommitAll()) return;
        }

        throw new InvalidOperationException($"The stages did not come to rest within {WaitLimit} of simulated time.");
    }

    /// <summary>Moves the wall clock and runs what becomes due: timers of quiet partitions, commits, expiries.</summary>
    public void AdvanceWallClock(TimeSpan by)
    {
        Wait(by);
        Run();
    }

    /// <summary>
    /// Moves time on from timer to timer until none is pending in any task: the end of the input has come and every result is out.
    /// </summary>
    /// <param name="limit">Give up after this much simulated time; null for 30 days, longer than any window is kept.</param>
    /// <exception cref="InvalidOperationException">Timers are still pending at the limit.</exception>
    public void Flush(TimeSpan? limit = null)
    {
        Run();
        var end = Time.GetUtcNow() + (limit ?? TimeSpan.FromDays(30));
        while (NextTimer() is { } wait)
        {
            if (Time.GetUtcNow() > end) throw new InvalidOperationException("Timers are still pending at the limit of simulated time.");
            AdvanceWallClock(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        }
    }

    /// <summary>The committed records of a topic that were not read yet, in order per partition.</summary>
    public IReadOnlyList<OutputRecord> Read(string topic)
    {
        var records = new List<OutputRecord>();
        for (var i = 0; i < Partitions(topic).Length; i++)
        {
            var partition = i;
            DrainPartition(Partitions(topic)[i], (in InputRecord record) => records.Add(new OutputRecord(
                partition, record.Offset, record.Timestamp, record.Key.ToArray(), record.Value.ToArray(), record.Headers)));
        }

        return records;
    }

    /// <summary>Passes the committed records of a topic that were not read yet to <paramref name="handler"/>; returns how many.</summary>
    public int Drain(string topic, RecordHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var count = 0;
        foreach (var partition in Partitions(topic)) count += DrainPartition(partition, handler);
        return count;
    }

    /// <summary>Starts another instance and returns its name.</summary>
    public string AddInstance()
    {
        var instance = new DriverInstance($"instance-{_named++}", _stages, _options, _broker, Time, _metrics, _loggers);
        _instances.Add(instance);
        instance.Start();
        return instance.Name;
    }

    /// <summary>Stops an instance as SIGTERM does: it commits, writes snapshots and leaves.</summary>
    public void Stop(string instance) => Guarded(Find(instance), static it => it.Stop());

    /// <summary>Kills an instance as SIGKILL does; its disk stays.</summary>
    public void Crash(string instance)
    {
        RequireRecoverable();
        Find(instance).Crash();
    }

    /// <summary>Starts an instance that was stopped or crashed, on the disk it had.</summary>
    public void Restart(string instance)
    {
        RequireRecoverable();
        var found = Find(instance);
        if (!found.IsUp) found.Start();
    }

    /// <summary>
    /// Lets an instance miss the next turns, its transaction open, while its groups drop it: a zombie when it goes on.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="turns">How many turns; each <see cref="Run"/> makes many.</param>
    public void Stall(string instance, int turns = StallTurns) => Find(instance).Stall(turns);

    /// <summary>No more faults from the plan: what was begun can come to an end.</summary>
    public void EndFaults()
    {
        foreach (var instance in _instances) instance.Faults.IsSuspended = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var instance in _instances) instance.Dispose();
        _metrics.Dispose();
    }

    internal DriverInstance Find(string instance) =>
        _instances.Find(it => it.Name == instance) ?? throw new ArgumentException($"No instance {instance}.", nameof(instance));

    internal InMemoryBroker Broker => _broker;

    private InMemoryPartition[] Partitions(string topic) =>
        (_broker.Find(topic) ?? throw new ArgumentException($"No topic {topic}.", nameof(topic))).Partitions;

    private void RequireRecoverable()
    {
        if (!_options.Recoverable) throw new InvalidOperationException("Only a recoverable driver keeps what a restart needs.");
    }

    private void Wait(TimeSpan by)
    {
        Time.Advance(by);
        _broker.Tick();
    }

    private bool TurnAll()
    {
        var worked = false;
        foreach (var instance in _instances) worked |= Guarded(instance, Turn);
        return worked;
    }

    // A thread that waits for a transaction to expire calls that work; what tells it from work is that nothing happens in the broker.
    private bool TurnWhileFruitful()
    {
        for (var fruitless = 0; fruitless < FruitlessTurns;)
        {
            var before = _broker.Activity;
            if (!TurnAll()) return false;
            fruitless = _broker.Activity == before ? fruitless + 1 : 0;
        }

        return true;
    }

    private static bool Turn(DriverInstance instance)
    {
        if (instance.MissTurn()) return true;
        var worked = false;
        foreach (var thread in instance.Threads) worked |= thread.RunOnce(0);
        if (instance.Faults.IsStallDue) instance.Stall(StallTurns);
        return worked;
    }

    private bool CommitAll()
    {
        var worked = false;
        foreach (var instance in _instances)
        {
            worked |= Guarded(instance, static it =>
            {
                var dirty = false;
                if (it.MissedTurns > 0) return true;
                foreach (var thread in it.Threads)
                {
                    if (!thread.IsDirty) continue;
                    dirty = true;
                    thread.TryCommit();
                }

                return dirty;
            });
        }

        return worked;
    }

    private static void Guarded(DriverInstance instance, Action<DriverInstance> action) => Guarded(instance, it =>
    {
        action(it);
        return true;
    });

    // A simulated crash takes the whole instance; it is started again later, as by a supervisor.
    private static bool Guarded(DriverInstance instance, Func<DriverInstance, bool> action)
    {
        try
        {
            return action(instance);
        }
        catch (SimulatedCrashException)
        {
            instance.CrashAndRestart(RestartTurns);
            return true;
        }
    }

    private bool IsSettled()
    {
        foreach (var instance in _instances)
        {
            foreach (var thread in instance.Threads)
            {
                if (!thread.IsRunning) return false;
            }
        }

        return _broker.IsSettled;
    }

    private TimeSpan? NextTimer()
    {
        TimeSpan? next = null;
        foreach (var instance in _instances)
        {
            foreach (var thread in instance.Threads)
            {
                if (thread.UntilNextTimer() is { } wait && (next is null || wait < next)) next = wait;
            }
        }

        return next;
    }

    private int DrainPartition(InMemoryPartition log, RecordHandler handler)
    {
        var offset = Math.Max(_read.GetValueOrDefault(log), log.StartOffset);
        var count = 0;
        for (; offset < log.LastStableOffset; offset++)
        {
            ref var entry = ref log[offset];
            if (entry.State != LogEntryState.Data) continue;
            var record = new InputRecord
            {
                Offset = offset,
                Timestamp = entry.Timestamp,
                Key = entry.Key,
                Value = entry.Value,
                Headers = entry.Headers ?? RecordHeaders.Empty,
            };
            handler(in record);
            count++;
        }

        _read[log] = offset;
        // A topic that a stage reads too is trimmed when the stage has committed, not here.
        if (!_options.Recoverable && !_broker.IsInput(log)) log.Trim(offset);
        return count;
    }
}
