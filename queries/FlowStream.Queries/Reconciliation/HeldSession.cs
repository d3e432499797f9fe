using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowStream.Parsing;

namespace FlowStream.Queries.Reconciliation;

/// <summary>A session as our table holds it.</summary>
/// <param name="Key">Which.</param>
/// <param name="IsOpen">Whether no message has ended it.</param>
/// <param name="Start">When it began.</param>
/// <param name="LastTime">Time of its end, or of its last message while it is open.</param>
/// <param name="Counters">Its totals at that time; nothing is known before the first update.</param>
public sealed record HeldSession(TableKey Key, bool IsOpen, DateTimeOffset Start, DateTimeOffset LastTime, Counters Counters)
{
    /// <summary>Reads a line of the session table.</summary>
    /// <exception cref="KeyNotFoundException">It lacks a field.</exception>
    /// <exception cref="FormatException">A field's text is none of its kind.</exception>
    public static HeldSession Of(JsonElement line)
    {
        var key = new TableKey(
            Text(line, "device_host").ToLowerInvariant(), Number(line, "session_id"), Address(line, "source_address"),
            (int)Number(line, "source_port"), Address(line, "destination_address"), (int)Number(line, "destination_port"),
            line.GetProperty("protocol_id").GetByte());
        bool isOpen = Text(line, "state") == "open";
        bool isCounted = !isOpen || Number(line, "updates") > 0;
        Counters counters = isCounted
            ? new Counters(
                Number(line, "packets_from_client"), Number(line, "bytes_from_client"),
                Number(line, "packets_from_server"), Number(line, "bytes_from_server"))
            : default;
        return new HeldSession(key, isOpen, Time(line, "start_time"), Time(line, "last_time"), counters);
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString() ?? "";

    private static long Number(JsonElement line, string name) => line.GetProperty(name).GetInt64();

    private static IpAddress Address(JsonElement line, string name) =>
        IpAddress.TryParse(Encoding.UTF8.GetBytes(Text(line, name)), out IpAddress address)
            ? address : throw new FormatException($"{name} is no address");

    // Times that the text form cannot hold are numbers; nothing of a device's listing is that old or that new.
    private static DateTimeOffset Time(JsonElement line, string name) => line.GetProperty(name).ValueKind == JsonValueKind.String
        ? DateTimeOffset.Parse(Text(line, name), CultureInfo.InvariantCulture)
        : DateTimeOffset.MinValue;
}
