using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowStream.EndToEnd.Tests;

/// <summary>
/// What the simulator says the topics must hold, and what they hold, in one comparable form: the device's own identity of a record and
/// its value without what is the product's own choice (session key, revision).
/// </summary>
internal static class TruthFile
{
    public static readonly string[] Topics = ["flow.sessions.v1", "flow.denials.v1", "flow.bandwidth.v1"];

    /// <summary>The expected values of a truth file.</summary>
    public static SortedDictionary<string, string> Expected(IEnumerable<string> lines) => Collect(
        lines.Select(line => JsonNode.Parse(line)!.AsObject()).Where(node => (string?)node["truth"] == "expected"));

    /// <summary>The values that the topics hold in the end: of each session and window the highest revision.</summary>
    /// <exception cref="InvalidDataException">A revision of a record is there twice.</exception>
    public static SortedDictionary<string, string> Held(IEnumerable<string> lines)
    {
        var latest = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject node in lines.Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            JsonObject value = node["value"]!.AsObject();
            string key = value["revision"] is null ? $"{node["topic"]} {value.ToJsonString()}" : $"{node["topic"]} {node["key"]}";
            if (!seen.Add($"{key} {value["revision"]}")) throw new InvalidDataException($"twice in the topic: {node.ToJsonString()}");
            if (!latest.TryGetValue(key, out JsonObject? other) || Revision(other) < Revision(node)) latest[key] = node;
        }
        return Collect(latest.Values);
    }

    /// <summary>Fails with the first few differences.</summary>
    public static void AssertEqual(SortedDictionary<string, string> expected, SortedDictionary<string, string> held)
    {
        string differences = Differences(expected, held);
        Assert.True(differences.Length == 0, differences);
    }

    /// <summary>The first few differences as text; empty when there are none.</summary>
    public static string Differences(SortedDictionary<string, string> expected, SortedDictionary<string, string> held)
    {
        List<string> missing = [.. expected.Keys.Except(held.Keys).Take(3)];
        List<string> unexpected = [.. held.Keys.Except(expected.Keys).Take(3)];
        List<string> different = [.. expected.Where(e => held.TryGetValue(e.Key, out string? value) && value != e.Value)
            .Take(3).Select(e => $"{e.Key}\n  expected {e.Value}\n  held     {held[e.Key]}")];
        return missing.Count + unexpected.Count + different.Count == 0
            ? ""
            : $"expected {expected.Count}, held {held.Count}\nmissing:\n{string.Join('\n', missing)}\n" +
              $"unexpected:\n{string.Join('\n', unexpected)}\ndifferent:\n{string.Join('\n', different)}";
    }

    /// <summary>Leaves out the windows of the last minute: no message comes after it that would make its end pass.</summary>
    public static SortedDictionary<string, string> WithoutLastMinute(
        SortedDictionary<string, string> values, SortedDictionary<string, string> expected)
    {
        const string windows = "flow.bandwidth.v1 ";
        string last = expected.Keys.Where(k => k.StartsWith(windows, StringComparison.Ordinal)).Select(Start).Max(StringComparer.Ordinal)!;
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in values)
            if (!key.StartsWith(windows, StringComparison.Ordinal) || Start(key) != last) kept[key] = value;
        return kept;

        static string Start(string key) => key.Split(' ')[1];
    }

    private static int Revision(JsonObject node) => (int?)node["value"]!["revision"] ?? 0;

    private static SortedDictionary<string, string> Collect(IEnumerable<JsonObject> nodes)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonObject node in nodes)
        {
            string topic = (string)node["topic"]!;
            JsonObject value = node["value"]!.AsObject();
            if (Topics.Contains(topic) && IsKnown(topic, value)) values[$"{topic} {Identity(topic, value)}"] = Canonical(value);
        }
        return values;
    }

    // The simulator adds up by minute, in all and by application.
    private static bool IsKnown(string topic, JsonObject value) =>
        topic != "flow.bandwidth.v1"
        || ((string?)value["aggregation"] is "total" or "application"
            && DateTime.Parse((string)value["window_end"]!, CultureInfo.InvariantCulture)
                - DateTime.Parse((string)value["window_start"]!, CultureInfo.InvariantCulture) == TimeSpan.FromMinutes(1));

    private static string Identity(string topic, JsonObject value) => topic switch
    {
        "flow.sessions.v1" => string.Join(' ', Fields(value, "device_host", "logical_system", "session_id", "source_address", "source_port",
            "destination_address", "destination_port", "protocol_id", "start_time")),
        "flow.bandwidth.v1" => string.Join(' ', Fields(value, "window_start", "aggregation")) + " " + value["dimensions"]?.ToJsonString(),
        _ => value.ToJsonString(),
    };

    private static IEnumerable<string> Fields(JsonObject value, params string[] names) =>
        names.Select(name => value[name]?.ToString() ?? "-");

    private static string Canonical(JsonObject value)
    {
        var sorted = new JsonObject();
        foreach ((string name, JsonNode? field) in value.OrderBy(f => f.Key, StringComparer.Ordinal))
            if (name is not ("revision" or "session_key" or "sessions_active" or "end_reasons")) sorted[name] = field?.DeepClone();
        return sorted.ToJsonString(JsonSerializerOptions.Default);
    }
}
