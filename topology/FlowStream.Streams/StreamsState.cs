namespace FlowStream.Streams;

/// <summary>State of a <see cref="StreamsApplication"/>, under the names of KafkaStreams.State.</summary>
public enum StreamsState
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Some thread waits for its partitions, or restores state.</summary>
    Rebalancing,

    /// <summary>Every task of every thread takes records.</summary>
    Running,

    /// <summary>Told to stop; committing and leaving its groups.</summary>
    PendingShutdown,

    /// <summary>Stopped in order.</summary>
    NotRunning,

    /// <summary>A thread stopped on an error that trying again did not mend; the others go on.</summary>
    Error,
}
