using FlowStream.Streams.Clients;
using FlowStream.Streams.Kafka;
using FlowStream.Streams.Tasks;
using FlowStream.Streams.Threads;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Streams;

/// <summary>
/// Runs stages against Kafka, exactly once: threads, state, snapshots and transactions. One per process and state directory; more
/// instances with the same <see cref="StreamsOptions.ApplicationId"/> share the partitions.
/// </summary>
public sealed class StreamsApplication : IQueryableState, IDisposable
{
    // How long a start waits for input topics and coordinators that are still coming up.
    private const int StartAttempts = 10;

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<StageDefinition> _stages;
    private readonly StreamsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly StreamsMetrics _metrics = new();
    private readonly List<ThreadRunner> _runners = [];
    private readonly List<(string Stage, StateQueries Queries)> _queries = [];
    private readonly ConfluentClient _client;
    private StateDirectory? _directory;
    private StreamsState _state = StreamsState.Created;

    /// <summary>Checks the options; nothing is opened before <see cref="Start"/>.</summary>
    /// <param name="stages">The stages to run.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Clock; null for the system's.</param>
    /// <param name="loggers">Where to log; null for nowhere.</param>
    /// <exception cref="StreamsConfigurationException">An option is out of range or a property belongs to the runtime.</exception>
    public StreamsApplication(
        IReadOnlyList<StageDefinition> stages, StreamsOptions options, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _stages = stages;
        _options = options;
        _time = time ?? TimeProvider.System;
        _loggers = loggers ?? NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger<StreamsApplication>();
        _client = new ConfluentClient(options, _time, _loggers.CreateLogger<ConfluentClient>());
    }

    /// <summary>Raised on the thread that caused it whenever <see cref="State"/> changes.</summary>
    public event Action<StreamsState>? StateChanged;

    /// <summary>The state now.</summary>
    public StreamsState State
    {
        get
        {
            lock (_lock) return _state;
        }
    }

    /// <summary>What stopped a thread, when <see cref="State"/> is <see cref="StreamsState.Error"/>.</summary>
    public Exception? Failure => _runners.Find(runner => runner.Failure is not null)?.Failure;

    /// <summary>
    /// Creates the topics the stages need and starts the threads. Returns when they are started, before partitions are assigned.
    /// </summary>
    /// <exception cref="StreamsConfigurationException">The state directory is in use, a topic does not fit, or Kafka cannot be
    /// reached.</exception>
    public void Start()
    {
        if (State != StreamsState.Created) throw new InvalidOperationException("An application is started once.");
        _directory = StateDirectory.Open(_options.StateDirectory);
        foreach (var stage in _stages) CreateTopics(stage);
        foreach (var stage in _stages)
        {
            for (var i = 0; i < _options.Threads; i++) _runners.Add(CreateRunner(stage, i, _directory.InstanceId));
        }

        Move(StreamsState.Rebalancing);
        foreach (var runner in _runners) runner.Start();
    }

    /// <inheritdoc/>
    public async Task<StateQueryResult> QueryAsync(string stage, IStateQuery query, CancellationToken cancellation)
    {
        if (State is not (StreamsState.Running or StreamsState.Rebalancing))
            throw new StateQueryRefusedException($"the stages do not run here: they are {State}.");
        Task<StateQueryResult>[] asked =
            [.. _queries.Where(it => it.Stage == stage).Select(it => it.Queries.QueryAsync(query, cancellation))];
        if (asked.Length == 0) throw new StateQueryRefusedException($"the stage {stage} does not run here.");
        var answers = await Task.WhenAll(asked).WaitAsync(cancellation).ConfigureAwait(false);
        return new StateQueryResult(
            [.. answers.SelectMany(answer => answer.Answered).Order()], [.. answers.SelectMany(answer => answer.Missed).Order()]);
    }

    /// <summary>Drains: every thread commits what it has, writes its snapshots and leaves its group.</summary>
    /// <param name="timeout">How long to wait for all of them.</param>
    /// <returns>False when some thread did not end in time; its work since the last commit will be done again by its successor.</returns>
    public bool Stop(TimeSpan timeout)
    {
        if (State == StreamsState.NotRunning) return true;
        Move(StreamsState.PendingShutdown);
        foreach (var runner in _runners) runner.RequestStop();
        var began = _time.GetTimestamp();
        var ended = true;
        foreach (var runner in _runners)
        {
            var left = timeout - _time.GetElapsedTime(began);
            ended &= runner.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        Move(StreamsState.NotRunning);
        return ended;
    }

    /// <summary>Stops, when still running, within ten seconds, and lets go of everything.</summary>
    public void Dispose()
    {
        if (State is not (StreamsState.Created or StreamsState.NotRunning)) Stop(TimeSpan.FromSeconds(10));
        foreach (var runner in _runners) runner.Dispose();
        _client.Dispose();
        _directory?.Dispose();
        _metrics.Dispose();
    }

    private void CreateTopics(StageDefinition stage)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                StageTopics.Create(_client, _options.ApplicationId, stage);
                return;
            }
            catch (KafkaClientException e) when (e.Failure == ClientFailure.Retriable && attempt < StartAttempts)
            {
                StreamsLog.StageWaits(_logger, stage.Name, e.Message);
            }
            catch (KafkaClientException e)
            {
                throw new StreamsConfigurationException($"Stage {stage.Name} cannot start: {e.Message}", e);
            }
        }
    }

    private ThreadRunner CreateRunner(StageDefinition stage, int index, string instanceId)
    {
        var name = $"{stage.Name}-{index}";
        var events = new StreamsEvents(_metrics, _loggers.CreateLogger($"{typeof(StreamThread).FullName}.{name}"), name);
        var context = new StreamThreadContext
        {
            Name = $"{_options.ApplicationId}-{instanceId}-{name}",
            GroupId = StageTopics.GroupId(_options.ApplicationId, stage),
            TransactionalId = $"{_options.ApplicationId}-{instanceId}-{name}",
            ChangelogTopic = StageTopics.Changelog(_options.ApplicationId, stage),
            Client = _client,
            Snapshots = new FileSnapshotStore(Path.Combine(_options.StateDirectory, "snapshots")),
            Options = _options,
            Time = _time,
            Events = events,
        };
        _queries.Add((stage.Name, context.Queries));
        return new ThreadRunner(name, () => new StreamThread(stage, context), _options, _time, events, Refresh);
    }

    private void Refresh()
    {
        if (State is StreamsState.PendingShutdown or StreamsState.NotRunning) return;
        if (_runners.Exists(runner => runner.Status == ThreadStatus.Failed)) Move(StreamsState.Error);
        else Move(_runners.TrueForAll(runner => runner.Status == ThreadStatus.Running) ? StreamsState.Running : StreamsState.Rebalancing);
    }

    private void Move(StreamsState state)
    {
        lock (_lock)
        {
            if (_state == state || (_state == StreamsState.PendingShutdown && state != StreamsState.NotRunning)) return;
            _state = state;
        }

        StreamsLog.StateChanged(_logger, _options.ApplicationId, state);
        StateChanged?.Invoke(state);
    }
}
