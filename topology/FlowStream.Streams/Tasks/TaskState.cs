namespace FlowStream.Streams.Tasks;

/// <summary>Where a task is in its life.</summary>
internal enum TaskState
{
    /// <summary>Its state is not loaded yet; its partition is paused.</summary>
    Restoring,

    /// <summary>Its state is whole; it waits for its partition to be moved to its position.</summary>
    Restored,

    /// <summary>It takes records.</summary>
    Running,
}
