using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>DeleteRecords (key 21), versions 0-1; none of them flexible. Moves the start of logs forward (KIP-107).</summary>
/// <param name="topics">The topics.</param>
internal sealed class Api21DeleteRecords(TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.DeleteRecords, Min: 0, Max: 1, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var requested = reader.ReadTopics(minPartitionBytes: 12, static (ref KafkaReader partition) =>
            new DeleteRecordsPartition(partition.ReadInt32(), partition.ReadInt64()));
        reader.ReadInt32();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteTopics(requested, (topic, partition) => Delete(response, topic, partition));
        return new(HandlerResult.Respond);
    }

    private void Delete(KafkaWriter response, string topic, DeleteRecordsPartition partition)
    {
        var log = topics.FindPartition(topic, partition.Index);
        var error = log is null ? ErrorCode.UnknownTopicOrPartition
            : TopicName.IsInternal(topic) ? ErrorCode.PolicyViolation
            : log.DeleteRecordsBefore(partition.Offset);
        response.WriteInt32(partition.Index);
        response.WriteInt64(error == ErrorCode.None ? log!.LogStartOffset : -1);
        response.WriteError(error);
    }
}
