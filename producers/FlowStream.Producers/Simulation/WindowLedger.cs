using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>Adds up by minute and application what the messages tell, and beside it what really flowed.</summary>
internal sealed class WindowLedger
{
    private const long MinuteMs = 60_000;

    private readonly SortedDictionary<long, SortedDictionary<string, WindowTotals>> _told = [];
    private readonly SortedDictionary<long, SimulatedVolume> _flowed = [];

    /// <summary>A session began.</summary>
    public void Open(long timeMs, string application) => Add(timeMs, application, new WindowTotals { Opened = 1 });

    /// <summary>A session ended.</summary>
    public void Close(long timeMs, string application) => Add(timeMs, application, new WindowTotals { Closed = 1 });

    /// <summary>A session was refused.</summary>
    public void Deny(long timeMs, string application) => Add(timeMs, application, new WindowTotals { Denied = 1 });

    /// <summary>
    /// Spreads what moved from <paramref name="fromMs"/> up to <paramref name="toMs"/> evenly over the minutes it crosses: each has what
    /// flowed by its end, rounded down, less what flowed by its start.
    /// </summary>
    public void Move(long fromMs, long toMs, in SimulatedVolume volume, string application)
    {
        if (volume == default) return;
        long last = Math.Max(fromMs, toMs - 1) / MinuteMs * MinuteMs;
        bool several = fromMs / MinuteMs * MinuteMs != last;
        SimulatedVolume before = default;
        for (long minute = fromMs / MinuteMs * MinuteMs; minute <= last; minute += MinuteMs)
        {
            SimulatedVolume by = minute == last ? volume : volume.Part(minute + MinuteMs - fromMs, toMs - fromMs);
            SimulatedVolume share = by - before;
            long estimated = several ? share.ClientBytes + share.ServerBytes : 0;
            // A minute in which nothing falls to this session gets no entry: nothing must be said about it.
            if (share != default) Add(minute, application, new WindowTotals { Volume = share, EstimatedBytes = estimated });
            before = by;
        }
    }

    /// <summary>Adds what really flowed in the life of a session.</summary>
    public void Flow(SimulatedSession session)
    {
        if (session.Traffic is not { } traffic) return;
        long endMs = session.StartMs + session.DurationMs;
        for (long minute = session.StartMs / MinuteMs * MinuteMs; minute <= endMs; minute += MinuteMs)
        {
            SimulatedVolume share = traffic.At(Math.Min(minute + MinuteMs, endMs) - session.StartMs) - traffic.At(minute - session.StartMs);
            if (share != default) _flowed[minute] = _flowed.GetValueOrDefault(minute) + share;
        }
    }

    /// <summary>Hands on and forgets every minute that ends by <paramref name="timeMs"/>.</summary>
    public void Flush(long timeMs, ISimulationTruth truth)
    {
        while (_told.Count > 0 && _told.First() is var told && told.Key + MinuteMs <= timeMs)
        {
            WindowTotals total = default;
            foreach (WindowTotals totals in told.Value.Values) total += totals;
            truth.Window(Window("total", null, told.Key, total));
            foreach ((string application, WindowTotals totals) in told.Value)
                truth.Window(Window("application", application, told.Key, totals));
            _told.Remove(told.Key);
        }
        while (_flowed.Count > 0 && _flowed.First() is var flowed && flowed.Key + MinuteMs <= timeMs)
        {
            truth.Flowed(flowed.Key, flowed.Value.ClientBytes, flowed.Value.ServerBytes);
            _flowed.Remove(flowed.Key);
        }
    }

    private void Add(long timeMs, string application, in WindowTotals totals)
    {
        long minute = timeMs / MinuteMs * MinuteMs;
        if (!_told.TryGetValue(minute, out SortedDictionary<string, WindowTotals>? window))
        {
            window = new SortedDictionary<string, WindowTotals>(StringComparer.Ordinal);
            _told.Add(minute, window);
        }
        window[application] = window.GetValueOrDefault(application) + totals;
    }

    private static BandwidthWindow Window(string aggregation, string? application, long minute, in WindowTotals totals)
    {
        var window = new BandwidthWindow
        {
            Aggregation = Utf8Text.From(aggregation),
            WindowStart = minute,
            WindowEnd = minute + MinuteMs,
            BytesFromClient = totals.Volume.ClientBytes,
            BytesFromServer = totals.Volume.ServerBytes,
            PacketsFromClient = totals.Volume.ClientPackets,
            PacketsFromServer = totals.Volume.ServerPackets,
            SessionsOpened = totals.Opened,
            SessionsClosed = totals.Closed,
            Denials = totals.Denied,
            EstimatedBytes = totals.EstimatedBytes,
            Final = true,
        };
        if (!string.IsNullOrEmpty(application)) window.Dimensions.Add(Utf8Text.From("application"), Utf8Text.From(application));
        return window;
    }
}
