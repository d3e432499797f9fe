using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// AddPartitionsToTxn (key 24), versions 0-2; none of them flexible. All partitions or none: if one does not exist it is answered with 3
/// and the others with 55. v2 says 90 to a fenced producer, before it is 47.
/// </summary>
/// <param name="transactions">The transaction coordinator.</param>
/// <param name="topics">The topics.</param>
internal sealed class Api24AddPartitionsToTxn(TransactionCoordinator transactions, TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.AddPartitionsToTxn, Min: 0, Max: 2, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var transactionalId = reader.ReadString();
        var producer = new ProducerIdentity(reader.ReadInt64(), reader.ReadInt16());
        var requested = reader.ReadTopics(minPartitionBytes: 4, static (ref KafkaReader partition) => partition.ReadInt32());
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var partitions = requested.SelectMany(topic => topic.Partitions.Select(index => new TopicPartition(topic.Topic, index))).ToArray();
        var error = partitions.All(Exists)
            ? FencedProducer.ErrorFor(transactions.AddPartitions(transactionalId, producer, partitions), context.Version, fencedFrom: 2)
            : ErrorCode.OperationNotAttempted;
        Write(context.Response, requested, error);
        return new(HandlerResult.Respond);
    }

    // The broker's own topics are closed to producers, so for them they do not exist.
    private bool Exists(TopicPartition partition) =>
        !TopicName.IsInternal(partition.Topic) && topics.FindPartition(partition.Topic, partition.Partition) is not null;

    private void Write(KafkaWriter response, List<TopicPartitions<int>> requested, ErrorCode error)
    {
        response.WriteInt32(0);
        response.WriteArrayLength(requested.Count);
        foreach (var (name, indexes) in requested)
        {
            response.WriteString(name);
            response.WriteArrayLength(indexes.Count);
            foreach (var index in indexes)
            {
                response.WriteInt32(index);
                response.WriteError(Exists(new TopicPartition(name, index)) ? error : ErrorCode.UnknownTopicOrPartition);
            }
        }
    }
}
