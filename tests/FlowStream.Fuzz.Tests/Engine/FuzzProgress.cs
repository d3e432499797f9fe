namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>How far a fuzzer is.</summary>
/// <param name="Runs">Inputs.</param>
/// <param name="Accepted">How many of them were accepted.</param>
/// <param name="Behaviours">How many different things they made the target do; see <see cref="IFuzzTarget.Behaviour"/>.</param>
internal readonly record struct FuzzProgress(long Runs, long Accepted, long Behaviours);
