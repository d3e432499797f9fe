using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>What a CreatePartitions request wants of one topic.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Total">How many partitions it shall have.</param>
/// <param name="Assignments">Broker ids for each new partition, or null.</param>
internal sealed record NewPartitions(string Name, int Total, List<List<int>>? Assignments)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 10;

    /// <summary>Reads one of versions 0 to 1.</summary>
    public static NewPartitions Read(ref KafkaReader reader) => new(
        reader.ReadString(),
        reader.ReadInt32(),
        reader.ReadNullableArray(minElementBytes: 4, static (ref KafkaReader partition) =>
            partition.ReadArray(minElementBytes: 4, static (ref KafkaReader broker) => broker.ReadInt32())));
}
