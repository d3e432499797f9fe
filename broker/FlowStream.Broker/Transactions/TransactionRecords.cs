using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>
/// The records of <c>__transaction_state</c> in Kafka's own form (TransactionLogKey 0 and Value 0), and one of ours: how far producer ids
/// are handed out, which Kafka keeps in its controller.
/// </summary>
internal static class TransactionRecords
{
    private const short TransactionKeyVersion = 0;
    private const short TransactionValueVersion = 0;

    // Far from the versions that Kafka may add: its tools pass over keys that they do not know.
    private const short ProducerIdKeyVersion = 1000;

    /// <summary>Writes the key of a transactional id.</summary>
    public static void WriteKey(KafkaWriter writer, string transactionalId)
    {
        writer.WriteInt16(TransactionKeyVersion);
        writer.WriteString(transactionalId);
    }

    /// <summary>Writes the value of a transactional id.</summary>
    public static void WriteValue(KafkaWriter writer, TransactionMetadata metadata)
    {
        writer.WriteInt16(TransactionValueVersion);
        writer.WriteInt64(metadata.ProducerId);
        writer.WriteInt16(metadata.ProducerEpoch);
        writer.WriteInt32(metadata.TimeoutMs);
        writer.WriteInt8((sbyte)metadata.State);
        var topics = metadata.Partitions.GroupBy(partition => partition.Topic, StringComparer.Ordinal).ToArray();
        writer.WriteArrayLength(topics.Length);
        foreach (var topic in topics)
        {
            writer.WriteString(topic.Key);
            writer.WriteInt32Array([.. topic.Select(partition => partition.Partition)]);
        }

        writer.WriteInt64(metadata.UpdateTimestamp);
        writer.WriteInt64(metadata.StartTimestamp);
    }

    /// <summary>Writes the key of the record about producer ids.</summary>
    public static void WriteProducerIdKey(KafkaWriter writer) => writer.WriteInt16(ProducerIdKeyVersion);

    /// <summary>Reads a key.</summary>
    /// <param name="key">The bytes.</param>
    /// <param name="isProducerIds">Whether the record says how far producer ids are handed out.</param>
    /// <returns>The transactional id; null for any other record.</returns>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public static string? ReadKey(ReadOnlySpan<byte> key, out bool isProducerIds)
    {
        var reader = new KafkaReader(key, flexible: false);
        var version = reader.ReadInt16();
        isProducerIds = version == ProducerIdKeyVersion;
        var transactionalId = version == TransactionKeyVersion ? reader.ReadString() : null;
        ThrowIfFailed(reader.Failed, "key");
        return transactionalId;
    }

    /// <summary>Reads the value of a transactional id.</summary>
    /// <exception cref="InvalidDataException">It is cut short, or of a version or state that is not known here.</exception>
    public static TransactionMetadata ReadValue(string transactionalId, ReadOnlySpan<byte> value)
    {
        var reader = new KafkaReader(value, flexible: false);
        var version = reader.ReadInt16();
        var producerId = reader.ReadInt64();
        var epoch = reader.ReadInt16();
        var timeout = reader.ReadInt32();
        var state = (TransactionState)reader.ReadInt8();
        var partitions = new HashSet<TopicPartition>();
        var topics = reader.ReadNullableArrayLength(sizeof(short) + sizeof(int));
        for (var i = 0; i < topics && !reader.Failed; i++)
        {
            var topic = reader.ReadString();
            var count = reader.ReadArrayLength(sizeof(int));
            for (var j = 0; j < count; j++)
                partitions.Add(new TopicPartition(topic, reader.ReadInt32()));
        }

        var updated = reader.ReadInt64();
        var started = reader.ReadInt64();
        ThrowIfFailed(reader.Failed || version != TransactionValueVersion || !Enum.IsDefined(state), "value");
        return new TransactionMetadata
        {
            TransactionalId = transactionalId,
            ProducerId = producerId,
            ProducerEpoch = epoch,
            TimeoutMs = timeout,
            State = state,
            Partitions = [.. partitions],
            StartTimestamp = started,
            UpdateTimestamp = updated,
        };
    }

    /// <summary>Reads how far producer ids are handed out.</summary>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public static long ReadProducerIds(ReadOnlySpan<byte> value)
    {
        var reader = new KafkaReader(value, flexible: false);
        var next = reader.ReadInt64();
        ThrowIfFailed(reader.Failed, "producer id record");
        return next;
    }

    private static void ThrowIfFailed(bool failed, string what)
    {
        if (failed)
            throw new InvalidDataException($"unreadable {what} in {TopicName.TransactionState}");
    }
}
