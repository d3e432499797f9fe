namespace FlowStream.Streams;

/// <summary>Which tasks answered an <see cref="IStateQuery"/>.</summary>
/// <param name="Answered">Input partitions of the tasks that answered in full, ascending.</param>
/// <param name="Missed">Those of the tasks that could not: their state was being restored, or they left this process.</param>
public sealed record StateQueryResult(IReadOnlyList<int> Answered, IReadOnlyList<int> Missed);
