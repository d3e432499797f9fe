using System.Text.Json;

namespace FlowStream.Queries.Reconciliation;

/// <summary>Writes differences as JSON objects, with the field names of <c>flow.sessions.v1</c>.</summary>
public static class DifferenceJson
{
    private static readonly string[] Names =
        [.. Enum.GetNames<DifferenceKind>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    /// <summary>The name of a kind: <c>only-there</c>, <c>only-here</c>, <c>ended-here</c>, <c>counters-apart</c>.</summary>
    public static string Name(this DifferenceKind kind) => Names[(int)kind];

    /// <summary>Writes <c>{"kind":"only-there","device_host":"fw1",...,"there":{...},"here":{...}}</c>.</summary>
    public static void Write(Utf8JsonWriter json, Difference difference)
    {
        TableKey key = difference.Key;
        json.WriteStartObject();
        json.WriteString("kind", difference.Kind.Name());
        json.WriteString("device_host", key.Device);
        json.WriteNumber("session_id", key.SessionId);
        json.WriteString("source_address", key.Source.ToString());
        json.WriteNumber("source_port", key.SourcePort);
        json.WriteString("destination_address", key.Destination.ToString());
        json.WriteNumber("destination_port", key.DestinationPort);
        json.WriteNumber("protocol_id", key.Protocol);
        Write(json, "there", difference.There);
        Write(json, "here", difference.Here);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string side, in Counters counters)
    {
        if (counters == default) return;
        json.WriteStartObject(side);
        Write(json, "packets_from_client", counters.PacketsFromClient);
        Write(json, "bytes_from_client", counters.BytesFromClient);
        Write(json, "packets_from_server", counters.PacketsFromServer);
        Write(json, "bytes_from_server", counters.BytesFromServer);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }
}
