namespace FlowStream.Producers.Replay;

/// <summary>What a replay did.</summary>
/// <param name="Sent">Lines handed to the Kafka client.</param>
/// <param name="Acknowledged">Records that the broker acknowledged.</param>
/// <param name="TooLong">Lines skipped because they are too long.</param>
public sealed record ReplayResult(long Sent, long Acknowledged, long TooLong);
