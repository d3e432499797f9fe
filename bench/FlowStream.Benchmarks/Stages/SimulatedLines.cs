using FlowStream.Parsing;
using FlowStream.Producers.Simulation;

namespace FlowStream.Benchmarks.Stages;

/// <summary>Simulated messages held in memory with the keys and times of their records, so that making them is not measured.</summary>
public sealed class SimulatedLines
{
    private readonly List<(int Start, int Length, int KeyLength, long Timestamp)> _places = [];
    private byte[] _bytes = new byte[1 << 20];
    private int _end;

    private SimulatedLines()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>Bytes of all messages, keys not counted.</summary>
    public long Bytes { get; private set; }

    /// <summary>Makes every message of a simulation.</summary>
    public static SimulatedLines Of(SimulationOptions options, ISimulationTruth? truth = null)
    {
        var lines = new SimulatedLines();
        var simulator = new TrafficSimulator(options, truth);
        while (simulator.MoveNext()) lines.Add(simulator.Line.Span, simulator.TimestampMs);
        return lines;
    }

    /// <summary>Message <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Line(int index) => _bytes.AsSpan(_places[index].Start, _places[index].Length);

    /// <summary>Its flow key; empty when it has none.</summary>
    public ReadOnlySpan<byte> Key(int index) => _bytes.AsSpan(_places[index].Start + _places[index].Length, _places[index].KeyLength);

    /// <summary>Its record timestamp, Unix milliseconds.</summary>
    public long Timestamp(int index) => _places[index].Timestamp;

    private void Add(ReadOnlySpan<byte> line, long timestamp)
    {
        int needed = _end + line.Length + FlowKey.MaxBytes;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        line.CopyTo(_bytes.AsSpan(_end));
        int keyLength = FlowKey.TryWrite(line, _bytes.AsSpan(_end + line.Length), out int written) ? written : 0;
        _places.Add((_end, line.Length, keyLength, timestamp));
        _end += line.Length + keyLength;
        Bytes += line.Length;
    }
}
