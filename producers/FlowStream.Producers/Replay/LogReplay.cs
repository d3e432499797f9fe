using System.Text;
using Confluent.Kafka;
using FlowStream.Producers.Kafka;

namespace FlowStream.Producers.Replay;

/// <summary>Sends the lines of a file to the raw topic, each stamped with its own time.</summary>
public sealed class LogReplay
{
    private static readonly byte[] Transport = Encoding.ASCII.GetBytes("file");

    // Often enough that a rate looks even to the consumer, seldom enough that timers cost nothing.
    private const int PacesPerSecond = 50;

    private readonly RawTopicProducer _topic;
    private readonly TimeProvider _clock;
    private readonly Headers _headers;
    private readonly byte[] _fallbackKey;

    /// <summary>Makes a replay of a file called <paramref name="fileName"/>, which stands in the headers as the source.</summary>
    public LogReplay(RawTopicProducer topic, string fileName, TimeProvider clock)
    {
        _topic = topic;
        _clock = clock;
        _fallbackKey = Encoding.UTF8.GetBytes(fileName);
        _headers = [new Header(RawHeaders.Source, _fallbackKey), new Header(RawHeaders.Transport, Transport)];
    }

    /// <summary>Lines sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends every line, then waits for the broker.</summary>
    /// <param name="lines">The lines; the caller disposes it.</param>
    /// <param name="linesPerSecond">Most lines a second, or null for as fast as the broker takes them.</param>
    /// <param name="drain">How long to wait for the last acknowledgements.</param>
    /// <param name="cancellation">Stops sending; what was sent is still waited for.</param>
    public async Task<ReplayResult> RunAsync(LogLineReader lines, long? linesPerSecond, TimeSpan drain, CancellationToken cancellation)
    {
        long began = _clock.GetTimestamp();
        while (!cancellation.IsCancellationRequested && lines.Read())
        {
            while (!TrySend(lines)) await _topic.WaitForRoomAsync(cancellation).ConfigureAwait(false);
            Sent++;
            if (linesPerSecond is { } rate) await PaceAsync(began, rate, cancellation).ConfigureAwait(false);
        }
        _topic.Drain(drain);
        return new ReplayResult(Sent, _topic.Counters.Acknowledged, lines.TooLong);
    }

    private bool TrySend(LogLineReader lines)
    {
        byte[] key = lines.Key.IsEmpty ? _fallbackKey : lines.Key.ToArray();
        return _topic.TrySend(key, lines.Line, DateTimeOffset.FromUnixTimeMilliseconds(lines.Timestamp), _headers);
    }

    private async ValueTask PaceAsync(long began, long rate, CancellationToken cancellation)
    {
        if (Sent % Math.Max(rate / PacesPerSecond, 1) != 0) return;
        TimeSpan ahead = TimeSpan.FromSeconds((double)Sent / rate) - _clock.GetElapsedTime(began);
        if (ahead > TimeSpan.Zero) await Task.Delay(ahead, _clock, cancellation).ConfigureAwait(false);
    }
}
