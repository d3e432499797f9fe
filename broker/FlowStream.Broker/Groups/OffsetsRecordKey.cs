using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Groups;

/// <summary>The key of a record in <c>__consumer_offsets</c>.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Partition">The partition of an offset record; null for the record of the group itself.</param>
internal readonly record struct OffsetsRecordKey(string GroupId, TopicPartition? Partition);
