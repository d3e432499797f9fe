using System.Text.RegularExpressions;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>One way of adding bandwidth up: a key for each combination of values of its dimensions.</summary>
public sealed partial class Aggregation
{
    /// <summary>Everything under one key.</summary>
    public static readonly Aggregation Total = new("total", []);

    /// <summary>By application.</summary>
    public static readonly Aggregation Application = new("application", [Dimension.Application]);

    /// <summary>Makes an aggregation.</summary>
    /// <param name="name">Its name in the records: 1 to 64 of a-z, 0-9, _ and -.</param>
    /// <param name="dimensions">Its dimensions, each once; none for one key in all.</param>
    /// <exception cref="ArgumentException">The name has another form, or a dimension occurs twice.</exception>
    public Aggregation(string name, IReadOnlyList<Dimension> dimensions)
    {
        if (!NameForm().IsMatch(name)) throw new ArgumentException($"'{name}' is no name of 1 to 64 of a-z, 0-9, _ and -.", nameof(name));
        if (dimensions.Distinct().Count() != dimensions.Count)
            throw new ArgumentException($"'{name}' names a dimension twice.", nameof(dimensions));
        Name = name;
        // One order whatever the configuration's, so that the same key has the same bytes.
        Dimensions = [.. dimensions.Order()];
    }

    /// <summary>The aggregations that run when nothing else is configured.</summary>
    public static IReadOnlyList<Aggregation> Defaults { get; } =
    [
        Total,
        Application,
        new("user", [Dimension.Username]),
        new("zone-pair", [Dimension.SourceZone, Dimension.DestinationZone]),
        new("policy", [Dimension.Policy]),
        new("interface", [Dimension.IngressInterface, Dimension.EgressInterface]),
        new("device", [Dimension.Device]),
    ];

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its dimensions, in their fixed order.</summary>
    public IReadOnlyList<Dimension> Dimensions { get; }

    /// <summary>
    /// Reads the configuration's form: the name, <c>=</c>, the dimensions with commas, as in <c>by_device=device_host,application</c>;
    /// a name alone is one of <see cref="Defaults"/> or has no dimension.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It has another form or names a dimension that does not exist; the message then lists those that do.
    /// </exception>
    public static Aggregation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2 && Defaults.FirstOrDefault(known => known.Name == parts[0]) is { } standard) return standard;
        var dimensions = new List<Dimension>();
        string list = parts.Length < 2 ? "" : parts[1];
        foreach (string name in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!DimensionNames.TryFind(name, dimensions))
                throw new ArgumentException($"'{name}' is no dimension; there are {string.Join(", ", DimensionNames.All)}.", nameof(text));
        }
        return new Aggregation(parts[0], dimensions);
    }

    /// <summary>Checks that aggregations can run beside each other.</summary>
    /// <exception cref="ArgumentException">Two have one name, or there are too many.</exception>
    public static void Validate(IReadOnlyList<Aggregation> aggregations)
    {
        ArgumentNullException.ThrowIfNull(aggregations);
        if (aggregations.Count > PartialWindows.MaxAggregations)
            throw new ArgumentException($"Bandwidth:Aggregations: there are more than {PartialWindows.MaxAggregations}.");
        if (aggregations.FirstOrDefault(own => own.Name.StartsWith(TalkerDirection.NamePrefix, StringComparison.Ordinal)) is { } talkers)
            throw new ArgumentException($"Bandwidth:Aggregations: '{talkers.Name}' is a name of the top talkers.");
        if (aggregations.GroupBy(aggregation => aggregation.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Bandwidth:Aggregations: two have the name '{twice.Key}'.");
    }

    [GeneratedRegex("^[a-z0-9_-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
