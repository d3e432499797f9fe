using System.Text.Json;
using FlowStream.Parsing;

namespace FlowStream.Cli.OpenSessions;

/// <summary>Writes JSON lines to stdout.</summary>
internal sealed class LineOutput : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly BufferedStream _output = new(Console.OpenStandardOutput(), BufferBytes);
    private readonly Utf8JsonWriter _json;

    public LineOutput() => _json = new Utf8JsonWriter(_output, EventJson.WriterOptions);

    /// <summary>Writes a line.</summary>
    public void Write(Action<Utf8JsonWriter> value)
    {
        value(_json);
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }

    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }
}
