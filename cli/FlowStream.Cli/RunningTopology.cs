using FlowStream.Cli.Settings;
using FlowStream.Queries.Http;
using FlowStream.Streams;
using FlowStream.Topology;
using Microsoft.Extensions.Logging;

namespace FlowStream.Cli;

/// <summary>The stages in this process, from their start to their orderly end.</summary>
internal sealed class RunningTopology : IDisposable
{
    // A commit takes milliseconds; a broker that does not answer within this will not, and what was not committed is done again later.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(25);

    private readonly TopologyMetrics _metrics = new();
    private readonly StreamsApplication _application;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the stages called <paramref name="names"/>; questions about them come by <paramref name="server"/>.</summary>
    /// <exception cref="CommandFailedException">They cannot start.</exception>
    public RunningTopology(
        FlowStreamSettings settings, StreamsOptions options, IReadOnlyCollection<string> names, QueryServer? server, ILoggerFactory loggers)
    {
        try
        {
            var events = new TopologyEvents(_metrics, loggers.CreateLogger<TopologyEvents>());
            IReadOnlyList<StageDefinition> stages =
                [.. FlowStreamTopology.Stages(settings.Stages(), options.ApplicationId, events).Where(s => names.Contains(s.Name))];
            _application = new StreamsApplication(stages, options, TimeProvider.System, loggers);
            _application.StateChanged += OnStateChanged;
            _application.Start();
            server?.Serve(_application);
        }
        catch (StreamsConfigurationException failure)
        {
            throw new CommandFailedException(failure.Message, failure);
        }
        catch (ArgumentException failure)
        {
            throw new CommandFailedException($"settings: {failure.Message}", failure);
        }
    }

    /// <summary>Waits until told to stop, then commits and leaves; fails when a stage stops by itself.</summary>
    /// <exception cref="CommandFailedException">A stage stopped on an error, or did not end in time.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        await Task.WhenAny(_failed.Task, Task.Delay(Timeout.Infinite, stopping)).ConfigureAwait(false);
        Exception? failure = _application.Failure;
        bool ended = await Task.Run(() => _application.Stop(StopTimeout), CancellationToken.None).ConfigureAwait(false);
        if (failure is not null) throw new CommandFailedException($"a stage stopped: {failure.Message}", failure);
        if (!ended)
            throw new CommandFailedException($"the stages did not end within {StopTimeout.TotalSeconds:0} s; nothing committed is lost.");
    }

    public void Dispose()
    {
        _application.Dispose();
        _metrics.Dispose();
    }

    private void OnStateChanged(StreamsState state)
    {
        if (state == StreamsState.Error) _failed.TrySetResult();
    }
}
