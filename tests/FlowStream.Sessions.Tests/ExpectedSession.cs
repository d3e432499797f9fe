namespace FlowStream.Sessions.Tests;

/// <summary>What the oracle says of one session.</summary>
internal sealed record ExpectedSession(string Description, IReadOnlyList<ExpectedDelta> Deltas);
