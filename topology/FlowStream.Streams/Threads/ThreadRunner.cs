using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Threads;

/// <summary>
/// An operating system thread that turns one <see cref="StreamThread"/> until it is told to stop. What the stream thread cannot mend itself
/// ends it; a new one takes its place after a wait, a bounded number of times.
/// </summary>
internal sealed class ThreadRunner : IDisposable
{
    // A fault that five fresh starts in a row do not mend is not a passing one.
    private const int MaxRestarts = 5;

    // A thread that ran this long was well in between.
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(5);

    private readonly Func<StreamThread> _create;
    private readonly StreamsOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamsEvents _events;
    private readonly Action _changed;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private volatile ThreadStatus _status;

    public ThreadRunner(
        string name, Func<StreamThread> create, StreamsOptions options, TimeProvider time, StreamsEvents events, Action changed)
    {
        _create = create;
        _options = options;
        _time = time;
        _events = events;
        _changed = changed;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    /// <summary>What the thread is doing.</summary>
    public ThreadStatus Status => _status;

    /// <summary>What stopped it, when it failed.</summary>
    public Exception? Failure { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Asks the thread to commit and leave.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <summary>Waits for the thread to end; returns false when it does not in time.</summary>
    public bool Join(TimeSpan timeout) => _thread.Join(timeout);

    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        var delay = _options.MinBackoff;
        for (var failures = 0; !_stop.IsCancellationRequested;)
        {
            var began = _time.GetTimestamp();
            if (RunThread() is not { } failure) break;
            _events.ThreadFailed(failure);
            failures = _time.GetElapsedTime(began) > Healthy ? 1 : failures + 1;
            if (failures > MaxRestarts)
            {
                Failure = failure;
                Report(ThreadStatus.Failed);
                return;
            }

            Report(ThreadStatus.Rebalancing);
            Wait(delay);
            delay = failures == 1 ? _options.MinBackoff : TimeSpan.FromTicks(Math.Min(_options.MaxBackoff.Ticks, delay.Ticks * 2));
        }

        Report(ThreadStatus.Stopped);
    }

    // Whatever a thread dies of is reported and counted by who calls this, and answered with a new thread or the application's ERROR state.
    private Exception? RunThread()
    {
        StreamThread? thread = null;
        try
        {
            thread = _create();
            var timeout = (int)_options.PollTimeout.TotalMilliseconds;
            while (!_stop.IsCancellationRequested)
            {
                thread.RunOnce(timeout);
                Report(thread.IsRunning ? ThreadStatus.Running : ThreadStatus.Rebalancing);
            }

            thread.Close();
            return null;
        }
#pragma warning disable CA1031 // The top of a thread: anything passing here would end the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
        finally
        {
            thread?.Dispose();
        }
    }

    private void Report(ThreadStatus status)
    {
        if (_status == status) return;
        _status = status;
        _changed();
    }

    private void Wait(TimeSpan delay)
    {
        try
        {
            Task.Delay(delay, _time, _stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Told to stop; the loop sees it.
        }
    }
}
