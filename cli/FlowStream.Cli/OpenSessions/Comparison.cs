using System.Globalization;
using System.Text.Json;
using FlowStream.Queries.Reconciliation;

namespace FlowStream.Cli.OpenSessions;

/// <summary>What a comparison came to, in words and in JSON.</summary>
internal sealed class Comparison
{
    private static readonly (DifferenceKind Kind, string Words)[] Kinds =
    [
        (DifferenceKind.OnlyThere, "only on the device"),
        (DifferenceKind.OnlyHere, "only here"),
        (DifferenceKind.EndedHere, "ended here before"),
        (DifferenceKind.CountersApart, "with counters apart"),
    ];

    private readonly Reconciler _reconciler;
    private readonly ListingReading _listing;

    public Comparison(Reconciler reconciler, ListingReading listing)
    {
        _reconciler = reconciler;
        _listing = listing;
        Differences = reconciler.Complete();
    }

    /// <summary>The differences.</summary>
    public IReadOnlyList<Difference> Differences { get; }

    /// <summary>How many sessions there were and agree.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{_reconciler.Listed} listed, {_reconciler.Agreed} agree, {_reconciler.EndedSince} ended here since, " +
        $"{_reconciler.Newer} newer here, {_listing.Skipped} not compared");

    /// <summary>The differences in a line; null when there are none.</summary>
    public string? Failure
    {
        get
        {
            string[] parts =
            [
                .. from kind in Kinds let count = Count(kind.Kind) where count > 0 select $"{count} {kind.Words}",
                .. _listing.Unreadable > 0 ? [$"{_listing.Unreadable} that cannot be read"] : Array.Empty<string>(),
            ];
            return parts.Length == 0 ? null : $"the listing and the open table differ: {string.Join(", ", parts)}";
        }
    }

    /// <summary>Writes the counts as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", "reconciled");
        json.WriteNumber("listed", _reconciler.Listed);
        json.WriteNumber("agreed", _reconciler.Agreed);
        json.WriteNumber("ended-since", _reconciler.EndedSince);
        json.WriteNumber("newer", _reconciler.Newer);
        json.WriteNumber("skipped", _listing.Skipped);
        json.WriteNumber("unreadable", _listing.Unreadable);
        foreach ((DifferenceKind kind, _) in Kinds) json.WriteNumber(kind.Name(), Count(kind));
        json.WriteEndObject();
    }

    private int Count(DifferenceKind kind) => Differences.Count(one => one.Kind == kind);
}
