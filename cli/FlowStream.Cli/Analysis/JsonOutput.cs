using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Cli.Analysis;

/// <summary>Writes records as JSON lines to a stream, which it disposes.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly TopicJson _json = new();
    private readonly BufferedStream _output;

    public JsonOutput(Stream output) => _output = new BufferedStream(output, BufferBytes);

    public void Take(string topic, in InputRecord record)
    {
        _output.Write(_json.Line(topic, record.Key, record.Value.ToArray(), record.Headers));
        _output.WriteByte((byte)'\n');
    }

    public void Dispose()
    {
        _output.Dispose();
        _json.Dispose();
    }
}
