namespace FlowStream.Broker.Apis.Requests;

/// <summary>What a Fetch request wants of one partition.</summary>
/// <param name="Index">The partition.</param>
/// <param name="LeaderEpoch">The epoch the client knows, -1 if it does not say.</param>
/// <param name="Offset">From where.</param>
/// <param name="MaxBytes">The most bytes of this partition.</param>
internal readonly record struct FetchPartition(int Index, int LeaderEpoch, long Offset, int MaxBytes);
