namespace FlowStream.Streams;

/// <summary>The tasks of the stage before, when a stage must tell their times apart.</summary>
/// <param name="SourceOf">Which of them a record's value comes from, from 0; negative when it does not say.</param>
/// <param name="Expected">
/// How many there are: those not heard of yet are waited for as well. 0 when it is not known; then those count that were heard of.
/// </param>
/// <param name="IdleAfter">How long, on the wall clock, one may be silent before it is waited for no longer.</param>
public sealed record StageSources(SourceOfValue SourceOf, int Expected, TimeSpan IdleAfter)
{
    internal long IdleAfterMs { get; } = (long)IdleAfter.TotalMilliseconds;
}
