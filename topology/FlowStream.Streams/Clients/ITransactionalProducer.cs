namespace FlowStream.Streams.Clients;

/// <summary>
/// A transactional producer, used by one thread. After any exception that is not <see cref="ClientFailure.Retriable"/> it may only be
/// disposed.
/// </summary>
internal interface ITransactionalProducer : IDisposable
{
    /// <summary>
    /// Whether a request of this transaction timed out or lost its connection, even if the client hid it by asking again: a twin of the
    /// request may still be under way, so the producer must be replaced (its epoch raised) before the next transaction begins.
    /// </summary>
    bool IsSuspect { get; }

    /// <summary>Fences earlier producers of the same transactional id and aborts what they left open.</summary>
    void InitTransactions();

    /// <summary>Begins a transaction.</summary>
    void Begin();

    /// <summary>Queues a record; it is copied before the call returns. Blocks while the queue is full.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="partition">Partition, or -1 to choose by key (murmur2, as the Java client).</param>
    /// <param name="key">Key; empty for none.</param>
    /// <param name="value">Value.</param>
    /// <param name="tombstone">True sends a null value.</param>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="headers">Headers or null.</param>
    void Send(string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool tombstone, long timestamp,
        IRecordHeaders? headers);

    /// <summary>
    /// Adds the consumer's positions to the transaction; fails when the consumer is not of the group's generation any more.
    /// </summary>
    void SendOffsets(IInputConsumer consumer, IReadOnlyList<PartitionOffset> offsets);

    /// <summary>Waits for every record sent to be delivered and commits. A record that could not be delivered fails the commit.</summary>
    void Commit();
}
