using System.Globalization;
using System.Text.Json;

namespace FlowStream.Queries.Instances;

/// <summary>The summaries of several instances, added up.</summary>
public sealed class TableSummary
{
    /// <summary>Number of sessions.</summary>
    public long Sessions { get; private set; }

    /// <summary>Number of sessions by state.</summary>
    public SortedDictionary<string, long> States { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of sessions by the name of their IP protocol.</summary>
    public SortedDictionary<string, long> Protocols { get; } = new(StringComparer.Ordinal);

    /// <summary>Earliest start; null when there is no session.</summary>
    public DateTimeOffset? OldestStart { get; private set; }

    /// <summary>Adds the summary of an instance.</summary>
    public void Add(JsonElement summary)
    {
        Sessions += summary.GetProperty("sessions").GetInt64();
        Add(States, summary.GetProperty("states"));
        Add(Protocols, summary.GetProperty("protocols"));
        if (!summary.TryGetProperty("oldest_start", out JsonElement oldest)) return;
        DateTimeOffset start = DateTimeOffset.Parse(oldest.GetString() ?? "", CultureInfo.InvariantCulture);
        if (OldestStart is null || start < OldestStart) OldestStart = start;
    }

    private static void Add(SortedDictionary<string, long> counts, JsonElement more)
    {
        foreach (JsonProperty one in more.EnumerateObject())
            counts[one.Name] = counts.GetValueOrDefault(one.Name) + one.Value.GetInt64();
    }
}
