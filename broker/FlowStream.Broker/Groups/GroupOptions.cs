namespace FlowStream.Broker.Groups;

/// <summary>Limits and times of the group coordinator. The names are those of Kafka's broker settings where one exists.</summary>
public sealed record GroupOptions
{
    /// <summary>The longest group id in bytes of UTF-8: Kafka's file names and metric tags make longer ones unusable elsewhere.</summary>
    public const int MaxGroupIdBytes = 1024;

    /// <summary>
    /// Most groups held at once; a JoinGroup or commit that would create one more is refused. 10 000 is far above one machine's use.
    /// </summary>
    public int MaxGroups { get; init; } = 10_000;

    /// <summary>
    /// Most members, pending ones included, of one group (<c>group.max.size</c>): the leader gets the metadata of all in one response.
    /// </summary>
    public int MaxMembers { get; init; } = 1_000;

    /// <summary>Most bytes of protocol metadata that one member may bring: a subscription of thousands of topics fits.</summary>
    public int MaxMemberMetadataBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Most assignment bytes that a leader may send for the whole group; the group record must fit into one record batch.
    /// </summary>
    public int MaxGroupAssignmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most partitions for which one group keeps offsets.</summary>
    public int MaxOffsetsPerGroup { get; init; } = 100_000;

    /// <summary>Longest text that may be stored with an offset, in bytes (<c>offset.metadata.max.bytes</c>).</summary>
    public int MaxOffsetMetadataBytes { get; init; } = 4096;

    /// <summary>
    /// Shortest session timeout that a member may ask for. Kafka's 6 s is lower here because tests want to see a member expire.
    /// </summary>
    public TimeSpan MinSessionTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest session timeout that a member may ask for, as in Kafka.</summary>
    public TimeSpan MaxSessionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long the first join phase of an empty group waits for more members: <see cref="BrokerOptions.GroupInitialRebalanceDelay"/>.
    /// </summary>
    internal TimeSpan InitialRebalanceDelay { get; init; }

    /// <summary>How long a new member may wait in a join phase that does not end, as in Kafka: its client has given up by then.</summary>
    public TimeSpan NewMemberJoinTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the offsets of an empty group, or of a group without members, are kept (<c>offsets.retention.minutes</c>).
    /// </summary>
    public TimeSpan OffsetsRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often expired offsets and empty groups are looked for, as in Kafka.</summary>
    public TimeSpan OffsetsRetentionCheckInterval { get; init; } = TimeSpan.FromMinutes(10);
}
