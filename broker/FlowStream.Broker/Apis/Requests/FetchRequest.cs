using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>A Fetch request.</summary>
/// <param name="MaxWait">How long to wait for <paramref name="MinBytes"/>.</param>
/// <param name="MinBytes">As soon as this many bytes are there, the answer goes out.</param>
/// <param name="MaxBytes">The most bytes in the answer, except that a first batch larger than this still goes out (KIP-74).</param>
/// <param name="Isolation">Whether open and aborted transactions are left out.</param>
/// <param name="SessionId">A fetch session (KIP-227) that the client believes in; 0 for none.</param>
/// <param name="Topics">What to read.</param>
internal sealed record FetchRequest(
    TimeSpan MaxWait,
    int MinBytes,
    int MaxBytes,
    IsolationLevel Isolation,
    int SessionId,
    List<TopicPartitions<FetchPartition>> Topics)
{
    /// <summary>Reads versions 4 to 11.</summary>
    /// <returns>The request, or null if it is malformed.</returns>
    public static FetchRequest? Read(KafkaReader reader, short version)
    {
        reader.ReadInt32();
        var maxWaitMs = reader.ReadInt32();
        var minBytes = reader.ReadInt32();
        var maxBytes = reader.ReadInt32();
        var isolation = reader.ReadInt8();
        var sessionId = version >= 7 ? reader.ReadInt32() : 0;
        if (version >= 7)
            reader.ReadInt32();
        var topics = reader.ReadTopics(minPartitionBytes: 16, PartitionReader(version));
        if (version >= 7)
            reader.ReadTopics(minPartitionBytes: 4, static (ref KafkaReader forgotten) => forgotten.ReadInt32());
        if (version >= 11)
            reader.ReadString();
        if (reader.Failed || isolation is not (0 or 1))
            return null;
        return new FetchRequest(
            TimeSpan.FromMilliseconds(Math.Max(0, maxWaitMs)), minBytes, maxBytes, (IsolationLevel)isolation, sessionId, topics);
    }

    private static ElementReader<FetchPartition> PartitionReader(short version) => version switch
    {
        >= 9 => static (ref KafkaReader partition) =>
        {
            var (index, epoch, offset) = (partition.ReadInt32(), partition.ReadInt32(), partition.ReadInt64());
            partition.ReadInt64();
            return new FetchPartition(index, epoch, offset, partition.ReadInt32());
        },
        >= 5 => static (ref KafkaReader partition) =>
        {
            var (index, offset) = (partition.ReadInt32(), partition.ReadInt64());
            partition.ReadInt64();
            return new FetchPartition(index, -1, offset, partition.ReadInt32());
        },
        _ => static (ref KafkaReader partition) =>
            new FetchPartition(partition.ReadInt32(), -1, partition.ReadInt64(), partition.ReadInt32()),
    };
}
