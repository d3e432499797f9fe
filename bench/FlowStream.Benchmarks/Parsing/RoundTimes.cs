namespace FlowStream.Benchmarks.Parsing;

/// <summary>What <see cref="AlternatedRounds"/> measured of one way.</summary>
/// <param name="Best">Seconds of CPU time for one call in the best round: the one that others disturbed least.</param>
/// <param name="Median">The same in the round that half of the others were better than.</param>
/// <param name="Allocated">Bytes allocated by one call.</param>
internal readonly record struct RoundTimes(double Best, double Median, double Allocated);
