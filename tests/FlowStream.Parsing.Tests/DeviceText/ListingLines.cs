using System.Text.Json;
using System.Text.Json.Nodes;
using FlowStream.Parsing.DeviceText;

namespace FlowStream.Parsing.Tests.DeviceText;

/// <summary>What is read of a text, as the JSON lines of <c>parse-show</c>.</summary>
internal sealed class ListingLines : IDeviceTextOutput
{
    private readonly List<string> _lines = [];

    public List<DeviceSession> Sessions { get; } = [];

    /// <summary>Reads a text in pieces of the given length.</summary>
    public static ListingLines Of(ReadOnlySpan<byte> text, int pieceBytes = int.MaxValue)
    {
        var lines = new ListingLines();
        var reader = new DeviceTextReader(lines);
        while (!text.IsEmpty)
        {
            int length = Math.Min(pieceBytes, text.Length);
            reader.Append(text[..length]);
            text = text[length..];
        }
        reader.Complete();
        return lines;
    }

    public IReadOnlyList<string> Text => _lines;

    public JsonArray Json => new([.. _lines.Select(line => JsonNode.Parse(line))]);

    public void Session(DeviceSession session)
    {
        Sessions.Add(session);
        Add(writer => DeviceTextJson.Write(writer, session));
    }

    public void Refused(DeviceTextRefusal refusal) => Add(writer => DeviceTextJson.Write(writer, refusal));

    public void Total(long line, long stated, long read) => Add(writer => DeviceTextJson.WriteTotal(writer, line, stated, read));

    public void Unread(long line, string text) => Add(writer => DeviceTextJson.WriteUnread(writer, line, text));

    private void Add(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, EventJson.WriterOptions)) write(writer);
        _lines.Add(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
