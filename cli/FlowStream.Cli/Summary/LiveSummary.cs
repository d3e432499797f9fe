using Spectre.Console;

namespace FlowStream.Cli.Summary;

/// <summary>Shows what goes on, until stopped: redrawn in place on a terminal, one line every few seconds elsewhere.</summary>
internal sealed class LiveSummary
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly MeterTotals _meters;
    private readonly TimeProvider _clock;
    private readonly SummaryFeed _feed = new();
    private readonly long _began;
    private (TimeSpan At, long Received) _last;

    public LiveSummary(MeterTotals meters, TimeProvider clock)
    {
        _meters = meters;
        _clock = clock;
        _began = clock.GetTimestamp();
    }

    public async Task RunAsync(
        string bootstrap, IReadOnlyDictionary<string, string> client, bool terminal, CancellationToken stopping)
    {
        Task following = _feed.RunAsync(bootstrap, client, stopping);
        if (terminal) await DrawAsync(stopping).ConfigureAwait(false);
        else await PrintAsync(stopping).ConfigureAwait(false);
        await following.ConfigureAwait(false);
    }

    private Task DrawAsync(CancellationToken stopping) => AnsiConsole.Live(SummaryView.Draw(Take())).StartAsync(async live =>
    {
        using var timer = new PeriodicTimer(RedrawInterval, _clock);
        while (await NextAsync(timer, stopping).ConfigureAwait(false)) live.UpdateTarget(SummaryView.Draw(Take()));
    });

    private async Task PrintAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LineInterval, _clock);
        while (await NextAsync(timer, stopping).ConfigureAwait(false))
            await Console.Out.WriteLineAsync(SummaryLine.Of(Take())).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(SummaryLine.Of(Take())).ConfigureAwait(false);
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private SummarySnapshot Take()
    {
        _meters.Refresh();
        TimeSpan running = _clock.GetElapsedTime(_began);
        long received = _meters.Sum("flowstream.producer.received");
        double seconds = (running - _last.At).TotalSeconds;
        double rate = seconds > 0 ? (received - _last.Received) / seconds : 0;
        _last = (running, received);
        return new SummarySnapshot
        {
            Running = running,
            Received = received,
            ReceivedPerSecond = rate,
            Rejected = _meters.Sum("flowstream.producer.rejected"),
            KernelDropped = _meters.Sum("flowstream.producer.kernel_dropped"),
            Acknowledged = _meters.Sum("flowstream.producer.acknowledged"),
            Parsed = _meters.Sum("flowstream.messages.parsed"),
            DeadLetters = _meters.ByTags("flowstream.messages.deadlettered"),
            OpenSessions = _meters.Sum("flowstream.sessions.open"),
            Completed = _feed.Completed,
            Denied = _feed.Denied,
            Recent = _feed.Recent,
            WindowStart = _feed.WindowStart,
            Applications = _feed.Applications,
        };
    }
}
