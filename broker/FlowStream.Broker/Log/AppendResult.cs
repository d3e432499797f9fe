using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Log;

/// <summary>The outcome of an append, as the Produce response needs it.</summary>
/// <param name="Error">Kafka error code; 0 when the batch is in the log.</param>
/// <param name="BaseOffset">Offset of the batch's first record; -1 on error.</param>
/// <param name="LogAppendTime">Unix milliseconds when the topic stamps its batches; otherwise -1.</param>
/// <param name="LogStartOffset">First offset of the log at that time.</param>
/// <param name="Message">What is wrong, for the v8 response; null when nothing is.</param>
/// <param name="Duplicate">The batch was in the log already; <paramref name="BaseOffset"/> is where.</param>
internal readonly record struct AppendResult(
    ErrorCode Error, long BaseOffset, long LogAppendTime, long LogStartOffset, string? Message, bool Duplicate);
