namespace FlowStream.Broker.Transactions;

/// <summary>The states of a transactional id; the numbers are those of Kafka's transaction log.</summary>
internal enum TransactionState : sbyte
{
    /// <summary>A producer has the id and has not begun a transaction.</summary>
    Empty = 0,

    /// <summary>A transaction has partitions.</summary>
    Ongoing = 1,

    /// <summary>It will be committed, whatever happens; markers are being written.</summary>
    PrepareCommit = 2,

    /// <summary>It will be aborted, whatever happens; markers are being written.</summary>
    PrepareAbort = 3,

    /// <summary>Every partition has its commit marker.</summary>
    CompleteCommit = 4,

    /// <summary>Every partition has its abort marker.</summary>
    CompleteAbort = 5,
}
