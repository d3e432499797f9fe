using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>A topic in memory.</summary>
internal sealed class InMemoryTopic
{
    private int _nextWithoutKey;

    public InMemoryTopic(string name, int partitions, bool isDiscarded)
    {
        Name = name;
        Partitions = new InMemoryPartition[partitions];
        for (var i = 0; i < partitions; i++) Partitions[i] = new InMemoryPartition { IsDiscarded = isDiscarded };
    }

    public string Name { get; }

    public InMemoryPartition[] Partitions { get; }

    /// <summary>Partition for a key: murmur2 as the Java client; records without a key go round.</summary>
    public int PartitionFor(ReadOnlySpan<byte> key)
    {
        if (Partitions.Length == 1) return 0;
        if (!key.IsEmpty) return Murmur2.Partition(key, Partitions.Length);
        _nextWithoutKey = (_nextWithoutKey + 1) % Partitions.Length;
        return _nextWithoutKey;
    }
}
