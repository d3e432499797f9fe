using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>
/// Writes records of the public topics as JSON lines: <c>{"topic":"flow.sessions.v1","key":"...","value":{...}}</c> with field names as in
/// the schemas. One instance serves one thread.
/// </summary>
public sealed class TopicJson : IDisposable
{
    // Nothing here is ever put into a page, and addresses and rule names read better unescaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, Action<ReadOnlyMemory<byte>>> _records;

    /// <summary>Makes a writer.</summary>
    public TopicJson()
    {
        _json = new Utf8JsonWriter(_line, Options);
        _records = new Dictionary<string, Action<ReadOnlyMemory<byte>>>(StringComparer.Ordinal)
        {
            [FlowTopics.Sessions] = RecordWriter<CompletedSession>(),
            [FlowTopics.Denials] = RecordWriter<Denial>(),
            [FlowTopics.Bandwidth] = RecordWriter<BandwidthWindow>(),
            [FlowTopics.Paths] = RecordWriter<PathQuality>(),
        };
    }

    /// <summary>One record as a line without its end.</summary>
    /// <param name="topic">The topic; of one that is not public, key and value are shown as text.</param>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="headers">Its headers; a dead letter's reason and detail come from them.</param>
    /// <returns>The line, valid until the next call.</returns>
    /// <exception cref="InvalidDataException"><paramref name="value"/> is not a record of the topic's schema.</exception>
    public ReadOnlySpan<byte> Line(string topic, ReadOnlySpan<byte> key, ReadOnlyMemory<byte> value, IRecordHeaders headers)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("topic"u8, topic);
        RecordJson.WriteText(_json, "key"u8, KeyText(topic, key));
        _json.WritePropertyName("value"u8);
        if (_records.TryGetValue(topic, out Action<ReadOnlyMemory<byte>>? write)) write(value);
        else WriteMessage(value.Span, topic == FlowTopics.DeadLetter ? headers : RecordHeaders.Empty);
        _json.WriteEndObject();
        _json.Flush();
        return _line.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private Action<ReadOnlyMemory<byte>> RecordWriter<T>()
        where T : class, IAvroRecord, new()
    {
        var framing = new SingleObjectFraming<T>();
        var record = new T();
        return value =>
        {
            framing.Read(record, value);
            record.WriteJson(_json);
        };
    }

    private void WriteMessage(ReadOnlySpan<byte> message, IRecordHeaders headers)
    {
        _json.WriteStartObject();
        for (int i = 0; i < headers.Count; i++)
        {
            if (headers.Name(i) == DeadLetterHeaders.Reason) RecordJson.WriteText(_json, "reason"u8, headers.Value(i));
            else if (headers.Name(i) == DeadLetterHeaders.Detail) RecordJson.WriteText(_json, "detail"u8, headers.Value(i));
        }
        RecordJson.WriteText(_json, "raw"u8, message);
        _json.WriteEndObject();
    }

    // The keys of sessions, windows and paths are text, which may have the length of a flow key by chance.
    private static byte[] KeyText(string topic, ReadOnlySpan<byte> key) =>
        topic is not (FlowTopics.Sessions or FlowTopics.Bandwidth or FlowTopics.Paths)
        && FlowKey.TryRead(key, out byte protocol, out IpAddress source, out ushort sourcePort, out IpAddress destination, out ushort port)
            ? Encoding.ASCII.GetBytes($"{protocol} {source}/{sourcePort}->{destination}/{port}")
            : key.ToArray();
}
