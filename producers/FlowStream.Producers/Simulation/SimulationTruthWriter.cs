using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>
/// Writes the truth as JSON lines: <c>{"truth":"expected","topic":"flow.sessions.v1","value":{...}}</c> for each record that must be there
/// in the end, without <c>session_key</c> and <c>revision</c>, and
/// <c>{"truth":"actual","window_start":...,"bytes_from_client":...,"bytes_from_server":...}</c> for each minute in which something flowed.
/// </summary>
public sealed class SimulationTruthWriter : ISimulationTruth, IDisposable
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(8192);
    private readonly ArrayBufferWriter<byte> _record = new(8192);
    private readonly Stream _stream;

    /// <summary>Writes to <paramref name="stream"/>, which it disposes.</summary>
    public SimulationTruthWriter(Stream stream) => _stream = stream;

    /// <inheritdoc/>
    public void Session(CompletedSession expected) => Expect("flow.sessions.v1", expected.WriteJson);

    /// <inheritdoc/>
    public void Denial(Denial expected) => Expect("flow.denials.v1", expected.WriteJson);

    /// <inheritdoc/>
    public void Window(BandwidthWindow expected) => Expect("flow.bandwidth.v1", expected.WriteJson);

    /// <inheritdoc/>
    public void Flowed(long windowStartMs, long bytesFromClient, long bytesFromServer) => WriteLine(json =>
    {
        json.WriteString("truth", "actual");
        RecordJson.WriteTimestamp(json, "window_start"u8, windowStartMs);
        json.WriteNumber("bytes_from_client", bytesFromClient);
        json.WriteNumber("bytes_from_server", bytesFromServer);
    });

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Expect(string topic, Action<Utf8JsonWriter> write) => WriteLine(json =>
    {
        json.WriteString("truth", "expected");
        json.WriteString("topic", topic);
        json.WritePropertyName("value");
        WithoutArrival(write).WriteTo(json);
    });

    // What depends on when messages arrived is no part of the truth about them.
    private JsonObject WithoutArrival(Action<Utf8JsonWriter> write)
    {
        _record.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_record, WriterOptions)) write(json);
        var value = (JsonObject)JsonNode.Parse(_record.WrittenSpan)!;
        value.Remove("session_key");
        value.Remove("revision");
        return value;
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        _stream.Write(_buffer.WrittenSpan);
        _stream.WriteByte((byte)'\n');
    }
}
