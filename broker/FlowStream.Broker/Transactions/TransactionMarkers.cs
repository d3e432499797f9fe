using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>
/// Writes markers into the partition logs, and into the offsets topic through the group coordinator, which must see them.
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="groups">The group coordinator.</param>
internal sealed class TransactionMarkers(TopicStore topics, GroupCoordinator groups) : ITransactionMarkers
{
    // There is one coordinator and it never moves, so its epoch never grows.
    private const int CoordinatorEpoch = 0;

    /// <inheritdoc/>
    public void Write(TopicPartition partition, ProducerIdentity producer, bool commit)
    {
        if (partition == OffsetsLog.Partition)
        {
            groups.EndTransaction(producer.ProducerId, producer.Epoch, commit, CoordinatorEpoch);
            return;
        }

        if (topics.FindPartition(partition.Topic, partition.Partition) is not { } log)
            return;
        var result = log.AppendMarker(producer.ProducerId, producer.Epoch, commit, CoordinatorEpoch);
        if (result.Error == ErrorCode.None)
            return;
        // The topic may have been deleted between the look-up and the append: then there is nothing left to end.
        if (topics.FindPartition(partition.Topic, partition.Partition) == log)
            throw new IOException($"marker for {partition} failed: {result.Error} {result.Message}");
    }
}
