namespace FlowStream.Broker.Groups;

/// <summary>A group's position in one partition.</summary>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="LeaderEpoch">Leader epoch of the last record read; -1 when the client did not say.</param>
/// <param name="Metadata">The client's own text.</param>
/// <param name="CommitTimestamp">When it was committed, Unix milliseconds.</param>
/// <param name="LogOffset">Where its record is in <c>__consumer_offsets</c>; of two commits the one further on counts.</param>
internal sealed record CommittedOffset(long Offset, int LeaderEpoch, string Metadata, long CommitTimestamp, long LogOffset = -1);
