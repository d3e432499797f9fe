using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// OffsetForLeaderEpoch (key 23), versions 2-3; none of them flexible. Where an epoch ended (KIP-320): with one broker there is only
/// epoch 0, which ends at the end of the log. v3 adds the replica that asks.
/// </summary>
/// <param name="topics">The topics.</param>
internal sealed class Api23OffsetForLeaderEpoch(TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.OffsetForLeaderEpoch, Min: 2, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        if (context.Version >= 3)
            reader.ReadInt32();
        var requested = reader.ReadTopics(minPartitionBytes: 12, static (ref KafkaReader partition) =>
            new EpochPartition(partition.ReadInt32(), partition.ReadInt32(), partition.ReadInt32()));
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteTopics(requested, (topic, partition) => WritePartition(response, topic, partition));
        return new(HandlerResult.Respond);
    }

    private void WritePartition(KafkaWriter response, string topic, in EpochPartition partition)
    {
        var log = topics.FindPartition(topic, partition.Index);
        var error = log is null ? ErrorCode.UnknownTopicOrPartition
            : partition.CurrentEpoch > Api03Metadata.LeaderEpoch ? ErrorCode.UnknownLeaderEpoch
            : ErrorCode.None;
        var isKnown = error == ErrorCode.None && partition.Epoch == Api03Metadata.LeaderEpoch;
        response.WriteError(error);
        response.WriteInt32(partition.Index);
        response.WriteInt32(isKnown ? Api03Metadata.LeaderEpoch : -1);
        response.WriteInt64(isKnown ? log!.HighWatermark : -1);
    }
}
