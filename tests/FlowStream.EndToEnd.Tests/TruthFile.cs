using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowStream.EndToEnd.Tests;

/// <summary>
/// What the simulator says the topics must hold, and what they hold, in one comparable form: topic and value without revision.
/// </summary>
internal static class TruthFile
{
    /// <summary>The expected values of a truth file, one canonical text for each.</summary>
    public static SortedDictionary<string, string> Expected(IEnumerable<string> lines, params string[] topics) => Collect(
        lines.Select(line => JsonNode.Parse(line)!).Where(node => (string?)node["truth"] == "expected"), topics);

    /// <summary>The values that a topic holds in the end: of each identity the record that came last.</summary>
    public static SortedDictionary<string, string> Held(IEnumerable<string> lines, params string[] topics) =>
        Collect(LastRevisions(lines.Select(line => JsonNode.Parse(line)!)), topics);

    /// <summary>Fails with the first few differences.</summary>
    public static void AssertEqual(SortedDictionary<string, string> expected, SortedDictionary<string, string> held)
    {
        List<string> missing = [.. expected.Keys.Except(held.Keys).Take(3)];
        List<string> unexpected = [.. held.Keys.Except(expected.Keys).Take(3)];
        List<string> different = [.. expected.Where(e => held.TryGetValue(e.Key, out string? value) && value != e.Value)
            .Take(3).Select(e => $"{e.Key}\n  expected {e.Value}\n  held     {held[e.Key]}")];
        Assert.True(
            missing.Count + unexpected.Count + different.Count == 0,
            $"expected {expected.Count}, held {held.Count}\nmissing:\n{string.Join('\n', missing)}\n" +
            $"unexpected:\n{string.Join('\n', unexpected)}\ndifferent:\n{string.Join('\n', different)}");
    }

    // A revision may correct the start of a session, by which the truth knows it: an earlier record of the same key is no longer held.
    private static IEnumerable<JsonNode> LastRevisions(IEnumerable<JsonNode> nodes)
    {
        List<JsonNode> all = [.. nodes];
        IEnumerable<JsonNode> sessions = all.Where(node => (string?)node["topic"] == "flow.sessions.v1");
        IEnumerable<JsonNode> last = sessions.GroupBy(node => (string?)node["value"]!["session_key"]).Select(revisions => revisions.Last());
        return all.Where(node => (string?)node["topic"] != "flow.sessions.v1").Concat(last);
    }

    private static SortedDictionary<string, string> Collect(IEnumerable<JsonNode> nodes, string[] topics)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonNode node in nodes)
        {
            string topic = (string)node["topic"]!;
            if (!topics.Contains(topic)) continue;
            JsonObject value = node["value"]!.AsObject();
            values[$"{topic} {Identity(topic, value)}"] = Canonical(value);
        }
        return values;
    }

    private static string Identity(string topic, JsonObject value) => topic switch
    {
        // The session key is the product's own choice; the truth knows a session by what the device says of it.
        "flow.sessions.v1" => string.Join(' ', Fields(value, "device_host", "logical_system", "session_id", "source_address", "source_port",
            "destination_address", "destination_port", "protocol_id", "start_time")),
        "flow.bandwidth.v1" => string.Join(' ', Fields(value, "aggregation", "window_start")) + " " + value["dimensions"]?.ToJsonString(),
        _ => value.ToJsonString(),
    };

    private static IEnumerable<string> Fields(JsonObject value, params string[] names) =>
        names.Select(name => value[name]?.ToString() ?? "-");

    private static string Canonical(JsonObject value)
    {
        var sorted = new JsonObject();
        foreach ((string name, JsonNode? field) in value.OrderBy(f => f.Key, StringComparer.Ordinal))
            if (name is not ("revision" or "session_key")) sorted[name] = field?.DeepClone();
        return sorted.ToJsonString(JsonSerializerOptions.Default);
    }
}
