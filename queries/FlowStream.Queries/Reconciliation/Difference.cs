namespace FlowStream.Queries.Reconciliation;

/// <summary>One difference between a device's listing and our table.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Key">The session.</param>
/// <param name="There">Its counters on the device.</param>
/// <param name="Here">Its counters in our table.</param>
public sealed record Difference(DifferenceKind Kind, TableKey Key, Counters There, Counters Here);
