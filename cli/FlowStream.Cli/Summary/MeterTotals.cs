using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FlowStream.Cli.Summary;

/// <summary>
/// Keeps the present value of every instrument of FlowStream's meters in this process: sums of counters, last values of the others. Safe
/// to read while it is written.
/// </summary>
internal sealed class MeterTotals : IDisposable
{
    private const string MeterPrefix = "FlowStream";
    private readonly ConcurrentDictionary<(string Instrument, string Tags), StrongLong> _values = [];
    private readonly MeterListener _listener = new();

    public MeterTotals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(MeterPrefix, StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(OnMeasurement);
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => OnMeasurement(instrument, value, tags, state));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments for their values.</summary>
    public void Refresh() => _listener.RecordObservableInstruments();

    /// <summary>The value of an instrument over all its tags; 0 when nothing was measured.</summary>
    public long Sum(string instrument) => _values.Where(v => v.Key.Instrument == instrument).Sum(v => v.Value.Read());

    /// <summary>The values of an instrument by their tags, such as <c>reason=too-long</c>.</summary>
    public IReadOnlyDictionary<string, long> ByTags(string instrument) =>
        _values.Where(v => v.Key.Instrument == instrument && v.Value.Read() != 0).ToDictionary(v => v.Key.Tags, v => v.Value.Read());

    public void Dispose() => _listener.Dispose();

    private void OnMeasurement(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        StrongLong total = _values.GetOrAdd((instrument.Name, Text(tags)), _ => new StrongLong());
        bool increments = instrument is Counter<long> or Counter<int> or UpDownCounter<long> or UpDownCounter<int>;
        if (increments) total.Add(value);
        else total.Set(value);
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        string[] parts = new string[tags.Length];
        for (int i = 0; i < tags.Length; i++) parts[i] = $"{tags[i].Key}={tags[i].Value}";
        return string.Join(',', parts);
    }

    private sealed class StrongLong
    {
        private long _value;

        public void Add(long value) => Interlocked.Add(ref _value, value);

        public void Set(long value) => Interlocked.Exchange(ref _value, value);

        public long Read() => Interlocked.Read(ref _value);
    }
}
