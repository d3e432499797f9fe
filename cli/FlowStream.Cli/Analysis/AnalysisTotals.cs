using System.Text;
using FlowStream.Schemas;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Cli.Analysis;

/// <summary>What the summary of a file shows. Of each session and window the latest revision counts.</summary>
internal sealed class AnalysisTotals
{
    // Longer windows hold the same bytes once more.
    private const long MinuteMs = 60_000;

    private readonly SingleObjectFraming<CompletedSession> _sessionFraming = new();
    private readonly SingleObjectFraming<BandwidthWindow> _windowFraming = new();
    private readonly CompletedSession _session = new();
    private readonly BandwidthWindow _window = new();
    private readonly Dictionary<string, (long Start, long FromClient, long FromServer)> _totals = [];
    private readonly Dictionary<string, (string Application, long FromClient, long FromServer)> _applications = [];

    public Dictionary<string, long> EndReasons { get; } = [];

    public Dictionary<string, long> Completeness { get; } = [];

    public Dictionary<string, long> DeadLetters { get; } = [];

    public long Sessions { get; private set; }

    public long Corrections { get; private set; }

    public long Denials { get; private set; }

    /// <summary>Bytes by minute, oldest first.</summary>
    public IEnumerable<(DateTimeOffset Start, long FromClient, long FromServer)> Minutes => _totals.Values
        .Where(w => w.FromClient + w.FromServer > 0).OrderBy(w => w.Start)
        .Select(w => (DateTimeOffset.FromUnixTimeMilliseconds(w.Start), w.FromClient, w.FromServer));

    /// <summary>Bytes by application, most first.</summary>
    public IEnumerable<(string Application, long Bytes)> Applications => _applications.Values
        .GroupBy(a => a.Application).Select(g => (g.Key, g.Sum(a => a.FromClient + a.FromServer))).OrderByDescending(a => a.Item2);

    public void Take(string topic, in InputRecord record)
    {
        switch (topic)
        {
            case FlowTopics.Sessions:
                TakeSession(record.Value.ToArray());
                break;
            case FlowTopics.Denials:
                Denials++;
                break;
            case FlowTopics.Bandwidth:
                TakeWindow(Encoding.UTF8.GetString(record.Key), record.Value.ToArray());
                break;
            case FlowTopics.DeadLetter:
                Count(DeadLetters, Reason(record.Headers));
                break;
        }
    }

    private static string Reason(IRecordHeaders headers)
    {
        for (int i = 0; i < headers.Count; i++)
            if (headers.Name(i) == DeadLetterHeaders.Reason) return Encoding.UTF8.GetString(headers.Value(i));
        return "";
    }

    private static void Count(Dictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private void TakeSession(ReadOnlyMemory<byte> value)
    {
        _sessionFraming.Read(_session, value);
        if (_session.Revision > 0)
        {
            Corrections++;
            return;
        }
        Sessions++;
        Count(EndReasons, _session.EndReason.ToString());
        Count(Completeness, System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(_session.Completeness.ToString()));
    }

    private void TakeWindow(string key, ReadOnlyMemory<byte> value)
    {
        _windowFraming.Read(_window, value);
        if (_window.WindowEnd - _window.WindowStart != MinuteMs) return;
        if (_window.Aggregation.Span.SequenceEqual("total"u8))
            _totals[key] = (_window.WindowStart, _window.BytesFromClient, _window.BytesFromServer);
        else if (_window.Aggregation.Span.SequenceEqual("application"u8))
            _applications[key] = (Summary.ApplicationBytes.Of(_window).Application, _window.BytesFromClient, _window.BytesFromServer);
    }
}
