using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>A topic that a CreateTopics request asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions, -1 for the broker's default or when they are assigned.</param>
/// <param name="ReplicationFactor">How many replicas, -1 for the broker's default or when they are assigned.</param>
/// <param name="Assignments">Brokers by partition, or empty.</param>
/// <param name="Configs">Its configuration entries.</param>
internal sealed record NewTopic(
    string Name, int Partitions, short ReplicationFactor, List<PartitionAssignment> Assignments, List<ConfigEntry> Configs)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 16;

    /// <summary>Reads one of versions 0 to 4.</summary>
    public static NewTopic Read(ref KafkaReader reader) => new(
        reader.ReadString(),
        reader.ReadInt32(),
        reader.ReadInt16(),
        reader.ReadArray(PartitionAssignment.MinBytes, PartitionAssignment.Read),
        reader.ReadArray(ConfigEntry.MinBytes, ConfigEntry.Read));
}
