namespace FlowStream.Broker.Log;

/// <summary>What the caller of <see cref="PartitionLog.Append"/> knows about a batch that the batch does not say.</summary>
/// <param name="ProduceVersion">Version of the Produce request: zstd needs 7.</param>
/// <param name="PartitionInTransaction">
/// Whether the transaction coordinator has this partition in the ongoing transaction of the batch's producer (AddPartitionsToTxn).
/// Not looked at for batches that are not transactional, or whose transaction already has data here.
/// </param>
/// <param name="TransactionGuard">
/// <see cref="PartitionLog.TransactionGuard"/> of the producer, read before the coordinator was asked: a marker written in between then
/// makes the answer stale, and the batch is refused instead of opening a transaction that nobody would end. The default guards nothing.
/// </param>
/// <param name="IsInternal">The broker's own coordinators write: their batches carry a producer but no sequence.</param>
internal readonly record struct AppendContext(
    short ProduceVersion, bool PartitionInTransaction = false, long TransactionGuard = long.MaxValue, bool IsInternal = false)
{
    /// <summary>A batch of the broker's own coordinators, which look after their transactions themselves.</summary>
    public static AppendContext Internal { get; } = new(short.MaxValue, PartitionInTransaction: true, long.MaxValue, IsInternal: true);
}
