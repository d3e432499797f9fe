using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// What OffsetCommit and TxnOffsetCommit have in common: the topics of the request, and one code per partition in the answer.
/// </summary>
internal static class OffsetCommits
{
    /// <summary>Stores the offsets of partitions that exist; others are answered with 3.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="requested">The offsets, in the order of the request.</param>
    /// <param name="store">Stores them; one code per item.</param>
    /// <returns>One code per offset of the request.</returns>
    public static ErrorCode[] Store(
        TopicStore topics,
        List<TopicPartitions<OffsetCommitItem>> requested,
        Func<IReadOnlyList<OffsetCommitItem>, ErrorCode[]> store)
    {
        var all = requested.SelectMany(static topic => topic.Partitions.Select(item => Named(topic.Topic, item))).ToArray();
        var errors = new ErrorCode[all.Length];
        Array.Fill(errors, ErrorCode.UnknownTopicOrPartition);
        int[] existing =
            [.. Enumerable.Range(0, all.Length)
                .Where(i => topics.FindPartition(all[i].Partition.Topic, all[i].Partition.Partition) is not null)];
        if (existing.Length == 0)
            return errors;
        var stored = store([.. existing.Select(i => all[i])]);
        for (var i = 0; i < existing.Length; i++)
            errors[existing[i]] = stored[i];
        return errors;
    }

    /// <summary>Writes the topics of the answer.</summary>
    public static void Write(KafkaWriter response, List<TopicPartitions<OffsetCommitItem>> requested, ReadOnlySpan<ErrorCode> errors)
    {
        var next = 0;
        response.WriteArrayLength(requested.Count);
        foreach (var (name, partitions) in requested)
        {
            response.WriteString(name);
            response.WriteArrayLength(partitions.Count);
            foreach (var item in partitions)
            {
                response.WriteInt32(item.Partition.Partition);
                response.WriteError(errors[next++]);
                response.WriteTags();
            }

            response.WriteTags();
        }
    }

    private static OffsetCommitItem Named(string topic, in OffsetCommitItem item) =>
        item with { Partition = item.Partition with { Topic = topic } };
}
