using FlowStream.Broker.Log;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Topics;

/// <summary>Applies retention and compaction to every log, one after another, at an interval.</summary>
internal sealed class LogCleaner : IAsyncDisposable
{
    private readonly TopicStore _topics;
    private readonly ILogger<LogCleaner> _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _running;

    /// <summary>Starts; the first round is after one interval.</summary>
    /// <param name="topics">Whose logs.</param>
    /// <param name="interval">Time between two rounds.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Where failures are reported.</param>
    public LogCleaner(TopicStore topics, TimeSpan interval, TimeProvider clock, ILogger<LogCleaner> log)
    {
        _topics = topics;
        _log = log;
        _timer = new PeriodicTimer(interval, clock);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends after the log that is being worked on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _timer.Dispose();
        await _running.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            foreach (var topic in _topics.Topics.Values)
            {
                for (var index = 0; index < topic.Partitions.Count && !_closing.IsCancellationRequested; index++)
                    Clean(topic, index);
            }
        }
    }

    private void Clean(Topic topic, int index)
    {
        var partition = topic.Partitions[index];
        try
        {
            partition.ApplyRetention();
            if (partition.Options.CleanupPolicy.HasFlag(CleanupPolicy.Compact))
                partition.Compact();
        }
#pragma warning disable CA1031 // Whatever is wrong with one log, a full disk most likely, the others must still be cleaned.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.LogError(error, "Cleaning {Topic}-{Partition} failed", topic.Name, index);
        }
    }
}
