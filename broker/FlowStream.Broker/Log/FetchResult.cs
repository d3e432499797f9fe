using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Log;

/// <summary>The outcome of a read, as the Fetch response needs it.</summary>
/// <param name="Error">Kafka error code.</param>
/// <param name="BytesWritten">Bytes of whole batches written to the destination.</param>
/// <param name="HighWatermark">High watermark the read was bounded by.</param>
/// <param name="LastStableOffset">Last stable offset the read was bounded by under read_committed.</param>
/// <param name="LogStartOffset">First offset of the log.</param>
/// <param name="AbortedTransactions">Under read_committed the aborted transactions that may touch what was read, by first offset; otherwise
/// null.</param>
internal readonly record struct FetchResult(
    ErrorCode Error,
    int BytesWritten,
    long HighWatermark,
    long LastStableOffset,
    long LogStartOffset,
    IReadOnlyList<AbortedTransaction>? AbortedTransactions);
