namespace FlowStream.Streams.Clients;

/// <summary>A group member that reads one topic. Used by one thread; rebalance callbacks run inside its calls on that thread.</summary>
internal interface IInputConsumer : IDisposable
{
    /// <summary>Joins the group.</summary>
    void Subscribe(IRebalanceListener listener);

    /// <summary>Waits up to <paramref name="timeoutMs"/> for one record; what it returns is valid until the next call.</summary>
    PollResult Poll(int timeoutMs, out ConsumedRecord record);

    /// <summary>
    /// The offset the group has committed, or null when it has none. Waits for an offset whose transaction is still open (require_stable,
    /// KIP-447), so what is returned cannot change unless a member of this generation commits.
    /// </summary>
    long? Committed(int partition);

    /// <summary>The first offset that the partition still holds, and the end up to which it can be read.</summary>
    (long Start, long End) Range(int partition);

    /// <summary>
    /// Reads on at <paramref name="offset"/>, or returns false when the partition cannot be moved yet; try again after a poll.
    /// </summary>
    bool TrySeek(int partition, long offset);

    /// <summary>Stops the partition's records until <see cref="Resume"/>; a partition that is not assigned is ignored.</summary>
    void Pause(int partition);

    /// <summary>Ends a <see cref="Pause"/>.</summary>
    void Resume(int partition);

    /// <summary>Leaves the group; the listener is told of the partitions it loses first.</summary>
    void Close();
}
