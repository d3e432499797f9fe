using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Groups;

/// <summary>One partition of an OffsetCommit or TxnOffsetCommit.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the next record to read.</param>
/// <param name="LeaderEpoch">Leader epoch of the last record read, or -1.</param>
/// <param name="Metadata">The client's own text.</param>
internal readonly record struct OffsetCommitItem(TopicPartition Partition, long Offset, int LeaderEpoch, string Metadata);
