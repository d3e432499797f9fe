using Confluent.Kafka;
using FlowStream.Schemas;
using FlowStream.Topology;

namespace FlowStream.Cli.Summary;

/// <summary>
/// Follows the output topics, as any consumer would, and keeps what the live summary shows: counts, the latest sessions, the latest
/// window by application. Safe to read while it follows.
/// </summary>
internal sealed class SummaryFeed
{
    // As many as fit under the counters on a terminal of 24 lines.
    private const int RecentSessions = 6;

    // There are longer windows too.
    private const long MinuteMs = 60_000;

    // Keys of one window that are kept; the view shows fewer.
    private const int MaxApplications = 1000;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly Queue<RecentSession> _recent = [];
    private readonly Dictionary<string, ApplicationBytes> _applications = [];
    private readonly CompletedSession _session = new();
    private readonly BandwidthWindow _window = new();
    private readonly SingleObjectFraming<CompletedSession> _sessions = new();
    private readonly SingleObjectFraming<BandwidthWindow> _windows = new();
    private long _completed;
    private long _denied;
    private long _windowStart;

    /// <summary>Final records seen, revisions not counted.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Denials seen.</summary>
    public long Denied => Interlocked.Read(ref _denied);

    /// <summary>The latest sessions, oldest first.</summary>
    public IReadOnlyList<RecentSession> Recent
    {
        get { lock (_lock) return [.. _recent]; }
    }

    /// <summary>Start of the latest window seen, or null before the first.</summary>
    public DateTimeOffset? WindowStart
    {
        get { lock (_lock) return _windowStart == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(_windowStart); }
    }

    /// <summary>Bytes of the latest window by application, most first.</summary>
    public IReadOnlyList<ApplicationBytes> Applications
    {
        get { lock (_lock) return [.. _applications.Values.OrderByDescending(a => a.FromClient + a.FromServer)]; }
    }

    /// <summary>Follows the topics until cancelled, each on a thread of its own.</summary>
    public Task RunAsync(string bootstrap, IReadOnlyDictionary<string, string> client, CancellationToken stopping) => Task.WhenAll(
        FollowAsync(bootstrap, client, FlowTopics.Sessions, TakeSession, stopping),
        FollowAsync(bootstrap, client, FlowTopics.Denials, _ => Interlocked.Increment(ref _denied), stopping),
        FollowAsync(bootstrap, client, FlowTopics.Bandwidth, TakeWindow, stopping));

    private static Task FollowAsync(
        string bootstrap, IReadOnlyDictionary<string, string> client, string topic, Action<ConsumeResult<byte[], byte[]>> take,
        CancellationToken stopping) => Task.Factory.StartNew(
            () =>
            {
                using var reader = new TopicReader(bootstrap, client, topic, fromBeginning: false);
                while (!stopping.IsCancellationRequested)
                    if (reader.Next(Wait) is { } result) take(result);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private void TakeSession(ConsumeResult<byte[], byte[]> result)
    {
        lock (_lock)
        {
            _sessions.Read(_session, result.Message.Value);
            if (_session.Revision > 0) return;
            Interlocked.Increment(ref _completed);
            _recent.Enqueue(RecentSession.Of(_session));
            if (_recent.Count > RecentSessions) _recent.Dequeue();
        }
    }

    private void TakeWindow(ConsumeResult<byte[], byte[]> result)
    {
        lock (_lock)
        {
            _windows.Read(_window, result.Message.Value);
            if (_window.WindowEnd - _window.WindowStart != MinuteMs) return;
            if (_window.WindowStart < _windowStart || !_window.Aggregation.Span.SequenceEqual("application"u8)) return;
            if (_window.WindowStart > _windowStart) _applications.Clear();
            _windowStart = _window.WindowStart;
            var bytes = ApplicationBytes.Of(_window);
            if (_applications.Count < MaxApplications || _applications.ContainsKey(bytes.Application))
                _applications[bytes.Application] = bytes;
        }
    }
}
