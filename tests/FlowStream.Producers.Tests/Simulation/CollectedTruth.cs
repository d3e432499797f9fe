using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowStream.Producers.Simulation;
using FlowStream.Schemas;

namespace FlowStream.Producers.Tests.Simulation;

/// <summary>A run of the simulator: its lines and the truth about them.</summary>
internal sealed class CollectedTruth : ISimulationTruth
{
    public List<(byte[] Line, long TimestampMs)> Lines { get; } = [];

    public List<CompletedSession> Sessions { get; } = [];

    public List<Denial> Denials { get; } = [];

    public List<BandwidthWindow> Windows { get; } = [];

    public List<(long StartMs, long FromClient, long FromServer)> Flows { get; } = [];

    /// <summary>How many windows were told of before the last line was handed out.</summary>
    public int WindowsBeforeTheLastLine { get; private set; }

    public static CollectedTruth Of(SimulationOptions options)
    {
        var truth = new CollectedTruth();
        var simulator = new TrafficSimulator(options, truth);
        while (simulator.MoveNext())
        {
            truth.Lines.Add((simulator.Line.ToArray(), simulator.TimestampMs));
            truth.WindowsBeforeTheLastLine = truth.Windows.Count;
        }
        return truth;
    }

    public void Session(CompletedSession expected) => Sessions.Add(expected);

    public void Denial(Denial expected) => Denials.Add(expected);

    public void Window(BandwidthWindow expected) => Windows.Add(expected);

    public void Flowed(long windowStartMs, long bytesFromClient, long bytesFromServer) =>
        Flows.Add((windowStartMs, bytesFromClient, bytesFromServer));

    public static JsonNode Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
