namespace FlowStream.Streams.Driver;

/// <summary>What strikes at a <see cref="FaultPoint"/>.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The process dies: memory is gone, the broker hears nothing, the group notices after the session timeout.</summary>
    Crash,

    /// <summary>
    /// The call fails and nobody knows whether it took effect; at <see cref="FaultPoint.AfterCommit"/> it did, elsewhere it did not.
    /// </summary>
    Indefinite,

    /// <summary>The call fails without effect and may be repeated.</summary>
    Retriable,

    /// <summary>
    /// The client gives up on a commit that reaches the broker later (at <see cref="FaultPoint.BeforeCommit"/>; elsewhere none).
    /// </summary>
    LateCommit,

    /// <summary>
    /// The process stalls, its transaction open; the group drops it as silent. When it goes on it is a zombie until its next poll.
    /// </summary>
    Stall,
}
