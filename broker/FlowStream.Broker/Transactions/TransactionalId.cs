namespace FlowStream.Broker.Transactions;

/// <summary>One transactional id: its state and the lock that guards it.</summary>
internal sealed class TransactionalId
{
    /// <summary>
    /// Held while the state is looked at and changed, and while a change is written. Taken before a group's or a log's lock.
    /// </summary>
    public Lock Gate { get; } = new();

    /// <summary>The state as the log has it; null before the first InitProducerId.</summary>
    public TransactionMetadata? Metadata { get; set; }

    /// <summary>The id was forgotten; whoever waited for the lock must look again.</summary>
    public bool IsRemoved { get; set; }
}
