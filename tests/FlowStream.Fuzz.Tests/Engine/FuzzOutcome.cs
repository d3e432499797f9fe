namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>What a target was given.</summary>
/// <param name="Seed">Seed that all changes were drawn from.</param>
/// <param name="Runs">Inputs.</param>
/// <param name="Accepted">How many of them were accepted.</param>
internal readonly record struct FuzzOutcome(ulong Seed, long Runs, long Accepted);
