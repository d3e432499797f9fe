namespace FlowStream.Streams.Clients;

/// <summary>A position in a partition of a known topic.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the next record to read.</param>
internal readonly record struct PartitionOffset(int Partition, long Offset);
