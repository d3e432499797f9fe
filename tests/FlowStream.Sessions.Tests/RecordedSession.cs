using System.Text.Json.Nodes;

namespace FlowStream.Sessions.Tests;

/// <summary>A final record as it was put out.</summary>
internal sealed record RecordedSession(string Key, int Revision, string Json, byte[] Bytes)
{
    private JsonNode? _parsed;

    /// <summary>A field as JSON text, or null when the record does not have it.</summary>
    public string? this[string field]
    {
        get
        {
            JsonNode? node = (_parsed ??= JsonNode.Parse(Json)!)[field];
            return node is null or JsonValue ? node?.ToString() : node.ToJsonString();
        }
    }
}
