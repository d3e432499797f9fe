namespace FlowStream.Broker.Wire;

/// <summary>The requests of the Kafka protocol that this broker answers, by their number on the wire.</summary>
public enum ApiKey : short
{
    /// <summary>Appends record batches to partitions.</summary>
    Produce = 0,

    /// <summary>Reads record batches from partitions, waiting for them when there are none yet.</summary>
    Fetch = 1,

    /// <summary>Finds offsets by timestamp.</summary>
    ListOffsets = 2,

    /// <summary>Describes brokers, topics and partitions; may create topics.</summary>
    Metadata = 3,

    /// <summary>Stores the offsets of a consumer group.</summary>
    OffsetCommit = 8,

    /// <summary>Reads the offsets of a consumer group.</summary>
    OffsetFetch = 9,

    /// <summary>Names the broker that coordinates a group or a transactional id.</summary>
    FindCoordinator = 10,

    /// <summary>Enters a consumer group.</summary>
    JoinGroup = 11,

    /// <summary>Keeps a group member alive.</summary>
    Heartbeat = 12,

    /// <summary>Leaves a consumer group.</summary>
    LeaveGroup = 13,

    /// <summary>Spreads the assignment that the group leader made.</summary>
    SyncGroup = 14,

    /// <summary>Describes groups and their members.</summary>
    DescribeGroups = 15,

    /// <summary>Lists groups.</summary>
    ListGroups = 16,

    /// <summary>Says which requests and versions the broker answers.</summary>
    ApiVersions = 18,

    /// <summary>Creates topics.</summary>
    CreateTopics = 19,

    /// <summary>Deletes topics.</summary>
    DeleteTopics = 20,

    /// <summary>Deletes records below an offset.</summary>
    DeleteRecords = 21,

    /// <summary>Gives a producer its id and epoch.</summary>
    InitProducerId = 22,

    /// <summary>Says where a leader epoch ended.</summary>
    OffsetForLeaderEpoch = 23,

    /// <summary>Adds partitions to a transaction.</summary>
    AddPartitionsToTxn = 24,

    /// <summary>Adds the offsets of a group to a transaction.</summary>
    AddOffsetsToTxn = 25,

    /// <summary>Commits or aborts a transaction.</summary>
    EndTxn = 26,

    /// <summary>Stores group offsets inside a transaction.</summary>
    TxnOffsetCommit = 28,

    /// <summary>Reads the configuration of topics and brokers.</summary>
    DescribeConfigs = 32,

    /// <summary>Replaces the configuration of topics.</summary>
    AlterConfigs = 33,

    /// <summary>Adds partitions to topics.</summary>
    CreatePartitions = 37,

    /// <summary>Deletes groups.</summary>
    DeleteGroups = 42,

    /// <summary>Changes single configuration entries of topics.</summary>
    IncrementalAlterConfigs = 44,

    /// <summary>Deletes offsets of a group.</summary>
    OffsetDelete = 47,
}
