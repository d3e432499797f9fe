namespace FlowStream.Broker.Apis.Requests;

/// <summary>What a ListOffsets request wants of one partition.</summary>
/// <param name="Index">The partition.</param>
/// <param name="LeaderEpoch">The epoch the client knows, -1 if it does not say.</param>
/// <param name="Timestamp">Unix milliseconds, or -1 for the end, -2 for the start of the log.</param>
/// <param name="MaxOffsets">How many offsets version 0 may return.</param>
internal readonly record struct ListOffsetsPartition(int Index, int LeaderEpoch, long Timestamp, int MaxOffsets);
