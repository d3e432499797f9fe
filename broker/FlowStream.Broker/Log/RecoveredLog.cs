namespace FlowStream.Broker.Log;

/// <summary>What recovery found on disk.</summary>
/// <param name="View">The segments, at least one, and the aborted transactions.</param>
/// <param name="Producers">Producer states and open transactions as of the end.</param>
/// <param name="LogStartOffset">First offset that may be read.</param>
/// <param name="CompactedTo">Offset up to which the log is compacted.</param>
internal sealed record RecoveredLog(LogView View, ProducerStateTable Producers, long LogStartOffset, long CompactedTo);
