using System.Globalization;
using System.Text.Json;
using FlowStream.Parsing;
using FlowStream.Parsing.DeviceText;

namespace FlowStream.Cli.DeviceListings;

/// <summary>Writes what is read of listings as JSON lines to a stream, which it disposes, and counts it.</summary>
internal sealed class ListingOutput : IDeviceTextOutput, IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly BufferedStream _output;
    private readonly Utf8JsonWriter _json;
    private long _sessions;
    private long _refused;
    private long _unread;

    public ListingOutput(Stream output)
    {
        _output = new BufferedStream(output, BufferBytes);
        _json = new Utf8JsonWriter(_output, EventJson.WriterOptions);
    }

    /// <summary>What was read, for people.</summary>
    public string Summary =>
        string.Create(CultureInfo.InvariantCulture, $"{_sessions} sessions, {_refused} refused, {_unread} lines of no listing");

    public void Session(DeviceSession session)
    {
        _sessions++;
        DeviceTextJson.Write(_json, session);
        EndLine();
    }

    public void Refused(DeviceTextRefusal refusal)
    {
        _refused++;
        DeviceTextJson.Write(_json, refusal);
        EndLine();
    }

    public void Total(long line, long stated, long read)
    {
        DeviceTextJson.WriteTotal(_json, line, stated, read);
        EndLine();
    }

    public void Unread(long line, string text)
    {
        _unread++;
        DeviceTextJson.WriteUnread(_json, line, text);
        EndLine();
    }

    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}
