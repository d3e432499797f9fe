using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>A Produce request.</summary>
/// <param name="Acks">0: no answer; 1 and -1: answer when it is in the log, which with one replica is the same.</param>
/// <param name="Topics">The batches.</param>
internal sealed record ProduceRequest(short Acks, List<TopicPartitions<ProducePartition>> Topics)
{
    /// <summary>Reads versions 0 to 8.</summary>
    /// <returns>The request, or null if it is malformed.</returns>
    public static ProduceRequest? Read(KafkaReader reader, short version)
    {
        if (version >= 3)
            reader.ReadNullableString();
        var acks = reader.ReadInt16();
        reader.ReadInt32();
        var topics = reader.ReadTopics(minPartitionBytes: 8, static (ref KafkaReader partition) =>
            new ProducePartition(partition.ReadInt32(), partition.ReadNullableBytes(out _)));
        return reader.Failed ? null : new ProduceRequest(acks, topics);
    }
}
