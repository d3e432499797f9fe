using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// TxnOffsetCommit (key 28), versions 0-3; flexible from 3. The offsets count when the transaction commits. v2 adds leader epochs; v3 the
/// consumer whose offsets they are (KIP-447), which fences a consumer that has lost its partitions. A fenced producer is told 47 in all
/// versions, as in Kafka.
/// </summary>
/// <param name="groups">The group coordinator.</param>
/// <param name="transactions">The transaction coordinator.</param>
/// <param name="topics">The topics.</param>
internal sealed class Api28TxnOffsetCommit(GroupCoordinator groups, TransactionCoordinator transactions, TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.TxnOffsetCommit, Min: 0, Max: 3, FlexibleFrom: 3);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var version = context.Version;
        var reader = context.CreateReader();
        var transactionalId = reader.ReadString();
        var groupId = reader.ReadString();
        var producer = new ProducerIdentity(reader.ReadInt64(), reader.ReadInt16());
        var generation = version >= 3 ? reader.ReadInt32() : -1;
        var memberId = version >= 3 ? reader.ReadString() : string.Empty;
        var instanceId = version >= 3 ? reader.ReadNullableString() : null;
        var requested = reader.ReadTopics(minPartitionBytes: 13, PartitionReader(version));
        reader.SkipTags();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var member = new MemberClaim(memberId, instanceId, generation);
        var errors = OffsetCommits.Store(topics, requested, items => Store(transactionalId, groupId, producer, member, items));
        context.Response.WriteInt32(0);
        OffsetCommits.Write(context.Response, requested, errors);
        context.Response.WriteTags();
        return new(HandlerResult.Respond);
    }

    private static ElementReader<OffsetCommitItem> PartitionReader(short version) => version >= 2
        ? static (ref KafkaReader partition) =>
        {
            var (index, offset, epoch) = (partition.ReadInt32(), partition.ReadInt64(), partition.ReadInt32());
            var metadata = partition.ReadNullableString();
            partition.SkipTags();
            return new(new TopicPartition(string.Empty, index), offset, epoch, metadata ?? string.Empty);
        }
        : static (ref KafkaReader partition) => new(
            new TopicPartition(string.Empty, partition.ReadInt32()), partition.ReadInt64(), -1,
                partition.ReadNullableString() ?? string.Empty);

    private ErrorCode[] Store(
        string transactionalId, string groupId, ProducerIdentity producer, MemberClaim member, IReadOnlyList<OffsetCommitItem> items)
    {
        ErrorCode[] errors = [];
        var error = transactions.WithOffsets(
            transactionalId,
            producer,
            OffsetsLog.Partition,
            () => errors = groups.CommitInTransaction(groupId, member, items, producer.ProducerId, producer.Epoch));
        if (error == ErrorCode.None)
            return errors;
        return Enumerable.Repeat(FencedProducer.ErrorFor(error, version: 0, fencedFrom: 1), items.Count).ToArray();
    }
}
