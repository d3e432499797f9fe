using System.Text.Json.Serialization;

namespace FlowStream.Benchmarks.Results;

/// <summary>One measured number.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
public sealed record Figure(string Name, double Value, string Unit)
{
    /// <summary>The least it has to be, or null when there is no such number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Reach { get; init; }

    /// <summary>What the figure is a part of: the name of another figure of the same run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ceiling { get; init; }
}
