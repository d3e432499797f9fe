using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>Where a client wants the replicas of a new partition.</summary>
/// <param name="Index">The partition.</param>
/// <param name="Brokers">Broker ids.</param>
internal sealed record PartitionAssignment(int Index, List<int> Brokers)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 8;

    /// <summary>Reads one.</summary>
    public static PartitionAssignment Read(ref KafkaReader reader) =>
        new(reader.ReadInt32(), reader.ReadArray(minElementBytes: 4, static (ref KafkaReader broker) => broker.ReadInt32()));
}
