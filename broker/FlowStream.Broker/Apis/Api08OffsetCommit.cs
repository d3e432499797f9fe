using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// OffsetCommit (key 8), versions 0-7; none of them flexible.
/// <list type="bullet">
/// <item>v0 knows no members; v1 adds generation, member and a timestamp per partition; v2 a retention time for all, gone again in v5; v3
/// throttle time; v6 leader epochs; v7 static members (KIP-345).</item>
/// <item>Timestamp and retention time of old versions are ignored: the broker's own retention holds.</item>
/// </list>
/// </summary>
/// <param name="groups">The group coordinator.</param>
/// <param name="topics">The topics.</param>
internal sealed class Api08OffsetCommit(GroupCoordinator groups, TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.OffsetCommit, Min: 0, Max: 7, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var version = context.Version;
        var reader = context.CreateReader();
        var groupId = reader.ReadString();
        var generation = version >= 1 ? reader.ReadInt32() : -1;
        var memberId = version >= 1 ? reader.ReadString() : string.Empty;
        var instanceId = version >= 7 ? reader.ReadNullableString() : null;
        if (version is >= 2 and <= 4)
            reader.ReadInt64();
        var requested = reader.ReadTopics(minPartitionBytes: 14, PartitionReader(version));
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var member = new MemberClaim(memberId, instanceId, generation);
        var errors = OffsetCommits.Store(topics, requested, items => groups.Commit(groupId, member, items));
        if (version >= 3)
            context.Response.WriteInt32(0);
        OffsetCommits.Write(context.Response, requested, errors);
        return new(HandlerResult.Respond);
    }

    private static ElementReader<OffsetCommitItem> PartitionReader(short version) => version switch
    {
        1 => static (ref KafkaReader partition) =>
        {
            var (index, offset) = (partition.ReadInt32(), partition.ReadInt64());
            partition.ReadInt64();
            return Item(index, offset, -1, partition.ReadNullableString());
        },
        >= 6 => static (ref KafkaReader partition) =>
            Item(partition.ReadInt32(), partition.ReadInt64(), partition.ReadInt32(), partition.ReadNullableString()),
        _ => static (ref KafkaReader partition) => Item(partition.ReadInt32(), partition.ReadInt64(), -1, partition.ReadNullableString()),
    };

    private static OffsetCommitItem Item(int index, long offset, int leaderEpoch, string? metadata) =>
        new(new TopicPartition(string.Empty, index), offset, leaderEpoch, metadata ?? string.Empty);
}
