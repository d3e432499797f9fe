namespace FlowStream.Broker.Log;

/// <summary>What compaction must leave so that a producer's state could be rebuilt from the log alone.</summary>
/// <param name="DataOffset">Offset of its last record in its epoch; -1 when unknown.</param>
/// <param name="MarkerOffset">Offset of its last marker; -1 when there was none.</param>
internal readonly record struct ProducerLast(long DataOffset, long MarkerOffset);
