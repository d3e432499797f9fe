using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FlowStream.Topology.Tests;

/// <summary>Sums of what the stages' counters were raised by, over all tags, since this was made.</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _sums = new();
    private readonly MeterListener _listener = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public CountedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TopologyMetrics.MeterName) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, amount, _, _) =>
        {
            // The driver runs on the test's thread; tests beside this one run on others.
            if (Environment.CurrentManagedThreadId == _thread) _sums.AddOrUpdate(instrument.Name, amount, (_, sum) => sum + amount);
        });
        _listener.Start();
    }

    public long this[string instrument] => _sums.GetValueOrDefault(instrument);

    public void Dispose() => _listener.Dispose();
}
