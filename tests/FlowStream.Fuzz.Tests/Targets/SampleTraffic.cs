using System.Buffers;
using FlowStream.Bandwidth;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Parsing;
using FlowStream.Producers.Simulation;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>
/// Simulated traffic taken through join and windows, and every kind of bytes that comes of it: the inputs that the targets accept.
/// </summary>
internal sealed class SampleTraffic : ISessionOutput, IPartialOutput, IWindowOutput
{
    private const int LinesPerCommit = 100;

    private readonly PartialWindows _partials = new(Aggregation.Defaults, TumblingWindows.OneMinute);
    private readonly BandwidthWindows _windows = new(new BandwidthOptions(), 0);
    private readonly SessionJoin _join = new(new SessionOptions(), hashSeed: 1);

    private SampleTraffic()
    {
        var simulator = new TrafficSimulator(new SimulationOptions { Seed = 7, Sessions = 150, SessionsPerSecond = 2 });
        var sessionEvent = new SessionEvent();
        long time = 0;
        while (simulator.MoveNext())
        {
            Lines.Add(simulator.Line.ToArray());
            Assert.True(SyslogParser.Parse(simulator.Line.Span, sessionEvent).Accepted);
            time = Math.Max(time, simulator.TimestampMs);
            _join.Apply(sessionEvent, simulator.TimestampMs, default, this);
            _join.AdvanceTime(time, this);
            if (Lines.Count % LinesPerCommit == 0) Commit(time);
        }
        Commit(time);
    }

    /// <summary>One run for all targets.</summary>
    public static SampleTraffic Instance { get; } = new();

    public List<byte[]> Lines { get; } = [];

    public List<byte[]> Sessions { get; } = [];

    public List<byte[]> Denials { get; } = [];

    public List<byte[]> Windows { get; } = [];

    public List<byte[]> Partials { get; } = [];

    public List<byte[]> SessionRows { get; } = [];

    public List<byte[]> WindowRows { get; } = [];

    public List<byte[]> SessionSnapshots { get; } = [];

    public List<byte[]> WindowSnapshots { get; } = [];

    public void Completed(CompletedSession session) => Sessions.Add(Framed(session));

    public void Denied(Denial denial) => Denials.Add(Framed(denial));

    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions) => _partials.Add(delta, dimensions);

    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions) =>
        _partials.Count(count, number, timeMs, dimensions);

    public void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Partials.Add(Pair.Of(key, value));
        Assert.True(_windows.TryAdd(key, value));
    }

    public void Window(BandwidthWindow window) => Windows.Add(Framed(window));

    public static byte[] Framed<T>(T record)
        where T : IAvroRecord
    {
        var output = new ArrayBufferWriter<byte>();
        new SingleObjectFraming<T>().Write(record, output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private void Commit(long time)
    {
        _partials.Drain(this);
        _windows.AdvanceTime(time);
        _windows.Commit(new RowList(WindowRows), this);
        _join.CollectChanges(new RowList(SessionRows));
        SessionSnapshots.Add(Written(_join.WriteSnapshot));
        WindowSnapshots.Add(Written(_windows.WriteSnapshot));
    }
}
