namespace FlowStream.Broker.Apis.Requests;

/// <summary>What an OffsetForLeaderEpoch request wants of one partition.</summary>
/// <param name="Index">The partition.</param>
/// <param name="CurrentEpoch">The epoch the client knows as the current one, -1 if it does not say.</param>
/// <param name="Epoch">The epoch whose end is asked for.</param>
internal readonly record struct EpochPartition(int Index, int CurrentEpoch, int Epoch);
