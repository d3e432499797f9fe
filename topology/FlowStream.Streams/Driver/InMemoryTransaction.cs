namespace FlowStream.Streams.Driver;

/// <summary>What the coordinator knows of a transactional id.</summary>
internal sealed class InMemoryTransaction
{
    public InMemoryTransaction(long producerId) => ProducerId = producerId;

    public long ProducerId { get; }

    public int Epoch { get; set; } = -1;

    /// <summary>When the open transaction began, in the broker's milliseconds; null when none is open.</summary>
    public long? BeganAtMs { get; set; }

    public HashSet<InMemoryPartition> Partitions { get; } = [];

    public HashSet<InMemoryGroup> Groups { get; } = [];
}
