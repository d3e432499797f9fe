namespace FlowStream.Streams.Driver;

/// <summary>Where a fault can strike: every step at which a real process can die or a real broker can fail.</summary>
public enum FaultPoint
{
    /// <summary>Before a poll of the consumer.</summary>
    Poll,

    /// <summary>Before the producer's InitTransactions.</summary>
    InitTransactions,

    /// <summary>Before a record is queued.</summary>
    Send,

    /// <summary>Before the offsets are added to the transaction.</summary>
    SendOffsets,

    /// <summary>Before the transaction is committed.</summary>
    BeforeCommit,

    /// <summary>After the broker committed, before the client hears of it.</summary>
    AfterCommit,

    /// <summary>Before the committed offset is fetched.</summary>
    FetchOffset,

    /// <summary>Before a row of the changelog is read.</summary>
    RestoreRow,

    /// <summary>Before a snapshot replaces the last one.</summary>
    BeforeSnapshot,

    /// <summary>After a snapshot replaced the last one.</summary>
    AfterSnapshot,
}
