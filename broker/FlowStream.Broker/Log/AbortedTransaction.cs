namespace FlowStream.Broker.Log;

/// <summary>One aborted transaction of this partition (KIP-98).</summary>
/// <param name="ProducerId">The producer.</param>
/// <param name="FirstOffset">Offset of the transaction's first batch here.</param>
/// <param name="LastOffset">Offset of its abort marker.</param>
/// <param name="LastStableOffset">Last stable offset just after the marker: no later entry starts below it.</param>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset, long LastOffset, long LastStableOffset);
