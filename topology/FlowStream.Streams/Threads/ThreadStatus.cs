namespace FlowStream.Streams.Threads;

/// <summary>What a <see cref="ThreadRunner"/> is doing.</summary>
internal enum ThreadStatus
{
    /// <summary>Waiting for partitions, or restoring.</summary>
    Rebalancing,

    /// <summary>All its tasks take records.</summary>
    Running,

    /// <summary>Ended in order.</summary>
    Stopped,

    /// <summary>Ended on an error.</summary>
    Failed,
}
