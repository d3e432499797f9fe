namespace FlowStream.Broker.Apis.Requests;

/// <summary>What a DeleteRecords request wants of one partition.</summary>
/// <param name="Index">The partition.</param>
/// <param name="Offset">The new start of the log; -1 for its end.</param>
internal readonly record struct DeleteRecordsPartition(int Index, long Offset);
