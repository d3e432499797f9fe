using System.Buffers.Binary;
using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// Produce (key 0), versions 0-8; none of them flexible. Appends one record batch per partition, as received.
/// <list type="bullet">
/// <item>v3 is the first with record batches of format 2; v5 adds the log start offset; v8 error texts (KIP-467).</item>
/// <item>v0-2 are advertised because librdkafka 2.0.2 takes gzip, snappy and lz4 for unsupported where version 0 is not in the range
/// (KAFKA-18659); data in these old formats is refused.</item>
/// <item>acks=0: no answer, but an error closes the connection, so that the client looks for the reason.</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="transactions">Knows the ongoing transactions; null where there is no transaction coordinator.</param>
internal sealed class Api00Produce(TopicStore topics, ITransactionGate? transactions) : IApiHandler
{
    private const short FirstBatchVersion = 3;

    // Offsets in a record batch of format 2 (KIP-98): attributes, producer id, producer epoch; the size of its header.
    private const int AttributesAt = 21;
    private const int ProducerIdAt = 43;
    private const int ProducerEpochAt = 51;
    private const int BatchHeaderBytes = 61;
    private const int TransactionalBit = 0x10;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.Produce, Min: 0, Max: 8, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        if (ProduceRequest.Read(context.CreateReader(), context.Version) is not { } request)
            return new(HandlerResult.Malformed);
        var failed = false;
        var response = context.Response;
        response.WriteArrayLength(request.Topics.Count);
        foreach (var (name, partitions) in request.Topics)
        {
            response.WriteString(name);
            response.WriteArrayLength(partitions.Count);
            foreach (var partition in partitions)
            {
                var result = Append(context, request.Acks, name, partition);
                failed |= result.Error != ErrorCode.None;
                WritePartition(response, context.Version, partition.Index, result);
            }
        }

        if (context.Version >= 1)
            response.WriteInt32(0);
        if (request.Acks != 0)
            return new(HandlerResult.Respond);
        return new(failed ? HandlerResult.CloseConnection : HandlerResult.NoResponse);
    }

    private static AppendResult Refused(ErrorCode error, string? message = null) => new(error, -1, -1, -1, message, false);

    private static void WritePartition(KafkaWriter response, short version, int index, in AppendResult result)
    {
        response.WriteInt32(index);
        response.WriteError(result.Error);
        response.WriteInt64(result.Error == ErrorCode.None ? result.BaseOffset : -1);
        if (version >= 2)
            response.WriteInt64(result.LogAppendTime);
        if (version >= 5)
            response.WriteInt64(result.LogStartOffset);
        if (version < 8)
            return;
        response.WriteArrayLength(0);
        response.WriteString(result.Message);
    }

    private AppendResult Append(RequestContext context, short acks, string topic, in ProducePartition partition)
    {
        if (acks is not (-1 or 0 or 1))
            return Refused(ErrorCode.InvalidRequiredAcks);
        if (context.Version < FirstBatchVersion)
            return Refused(ErrorCode.UnsupportedForMessageFormat);
        if (TopicName.IsInternal(topic))
            return Refused(ErrorCode.InvalidTopicException, "Only the broker writes to this topic.");
        if (topics.FindPartition(topic, partition.Index) is not { } target)
            return Refused(ErrorCode.UnknownTopicOrPartition);
        var batch = context.Body.Span[partition.Records];
        return target.Append(batch, CreateContext(context.Version, target, batch, topic, partition.Index));
    }

    private AppendContext CreateContext(short version, PartitionLog target, ReadOnlySpan<byte> batch, string topic, int partition)
    {
        var isTransactional = batch.Length >= BatchHeaderBytes
            && (BinaryPrimitives.ReadInt16BigEndian(batch[AttributesAt..]) & TransactionalBit) != 0;
        if (!isTransactional || transactions is null)
            return new AppendContext(version);
        var producerId = BinaryPrimitives.ReadInt64BigEndian(batch[ProducerIdAt..]);
        var epoch = BinaryPrimitives.ReadInt16BigEndian(batch[ProducerEpochAt..]);
        // Read before the coordinator is asked: if the transaction ends in between, the log sees by this number that the answer is old.
        var guard = target.TransactionGuard(producerId);
        return new AppendContext(version, transactions.Contains(producerId, epoch, topic, partition), guard);
    }
}
