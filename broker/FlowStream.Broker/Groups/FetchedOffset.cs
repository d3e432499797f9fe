using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>One partition of an OffsetFetch answer.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The group's position, or null when there is none or it is withheld.</param>
/// <param name="Error">None, also when there is no offset; 88 when an open transaction is about to change it.</param>
internal readonly record struct FetchedOffset(TopicPartition Partition, CommittedOffset? Offset, ErrorCode Error)
{
    /// <summary>There is no offset: -1 on the wire, no error.</summary>
    public static FetchedOffset None(TopicPartition partition) => new(partition, null, ErrorCode.None);

    /// <summary>The offset is about to change.</summary>
    public static FetchedOffset Unstable(TopicPartition partition) => new(partition, null, ErrorCode.UnstableOffsetCommit);
}
