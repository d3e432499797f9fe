using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>
/// The transaction protocol (KIP-98, KIP-360) as pure functions from the state of a transactional id and a request to the next state.
/// <para>
/// Empty -> Ongoing -> PrepareCommit | PrepareAbort -> CompleteCommit | CompleteAbort -> Ongoing | Empty. A fenced producer is told 90
/// here; older versions of an API map that to 47 where they answer.
/// </para>
/// </summary>
internal static class TransactionRules
{
    /// <summary>A producer takes a transactional id.</summary>
    /// <param name="transactionalId">The id.</param>
    /// <param name="current">Its state, or null when it is new.</param>
    /// <param name="shown">What the producer was before, if it says so (version 3 on), else <see cref="ProducerIdentity.None"/>.</param>
    /// <param name="timeoutMs">How long its transactions may take.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="newProducerId">Makes an unused producer id.</param>
    /// <returns>
    /// The next state. If that is <see cref="TransactionState.PrepareAbort"/>, a transaction of the predecessor is open and now fenced: it
    /// must be completed, and <see cref="Renew"/> then gives the producer its epoch.
    /// </returns>
    public static TransactionChange InitProducerId(
        string transactionalId, TransactionMetadata? current, ProducerIdentity shown, int timeoutMs, long now, Func<long> newProducerId)
    {
        if (current is null)
            return TransactionChange.To(New(transactionalId, newProducerId(), timeoutMs, now));
        if (current.IsPrepared)
            return TransactionChange.Refuse(ErrorCode.ConcurrentTransactions);
        if (shown != ProducerIdentity.None && shown != new ProducerIdentity(current.ProducerId, current.ProducerEpoch))
            return IsRetry(current, shown) ? TransactionChange.Nothing : TransactionChange.Refuse(ErrorCode.ProducerFenced);
        return TransactionChange.To(
            current.State == TransactionState.Ongoing ? Fence(current, now) : Renew(current, shown, timeoutMs, now, newProducerId));
    }

    /// <summary>
    /// Gives the next epoch, or the first one of a new producer id, to the producer that takes an id without an open transaction.
    /// </summary>
    public static TransactionMetadata Renew(
        TransactionMetadata current, ProducerIdentity shown, int timeoutMs, long now, Func<long> newProducerId)
    {
        var fresh = current.IsEpochExhausted
            ? current with { ProducerId = newProducerId(), ProducerEpoch = 0, LastProducerId = current.ProducerId }
            : current with { ProducerEpoch = (short)(current.ProducerEpoch + 1), LastProducerId = -1 };
        return fresh with
        {
            LastProducerEpoch = shown.Epoch,
            TimeoutMs = timeoutMs,
            State = TransactionState.Empty,
            Partitions = [],
            StartTimestamp = -1,
            UpdateTimestamp = now,
        };
    }

    /// <summary>Partitions join the transaction, which begins with the first.</summary>
    public static TransactionChange AddPartitions(
        TransactionMetadata? current, ProducerIdentity producer, IReadOnlyCollection<TopicPartition> partitions, long now)
    {
        var error = Identify(current, producer);
        if (error != ErrorCode.None)
            return TransactionChange.Refuse(error);
        if (current!.IsPrepared)
            return TransactionChange.Refuse(ErrorCode.ConcurrentTransactions);
        var ongoing = current.State == TransactionState.Ongoing;
        var all = (ongoing ? current.Partitions : []).Union(partitions);
        if (ongoing && all.Count == current.Partitions.Count)
            return TransactionChange.Nothing;
        return TransactionChange.To(current with
        {
            State = TransactionState.Ongoing,
            Partitions = all,
            StartTimestamp = ongoing ? current.StartTimestamp : now,
            UpdateTimestamp = now,
        });
    }

    /// <summary>The producer ends its transaction.</summary>
    public static TransactionChange EndTransaction(TransactionMetadata? current, ProducerIdentity producer, bool commit, long now)
    {
        var error = Identify(current, producer);
        if (error != ErrorCode.None)
            return TransactionChange.Refuse(error);
        return current!.State switch
        {
            TransactionState.Ongoing => TransactionChange.To(Prepare(current, commit, now)),
            TransactionState.CompleteCommit when commit => TransactionChange.Nothing,
            TransactionState.CompleteAbort when !commit => TransactionChange.Nothing,
            TransactionState.PrepareCommit when commit => TransactionChange.Refuse(ErrorCode.ConcurrentTransactions),
            TransactionState.PrepareAbort when !commit => TransactionChange.Refuse(ErrorCode.ConcurrentTransactions),
            _ => TransactionChange.Refuse(ErrorCode.InvalidTxnState),
        };
    }

    /// <summary>Whether a producer may write offsets into its transaction now.</summary>
    public static ErrorCode CheckOffsets(TransactionMetadata? current, ProducerIdentity producer, TopicPartition offsets)
    {
        var error = Identify(current, producer);
        if (error != ErrorCode.None)
            return error;
        return current!.State == TransactionState.Ongoing && current.Partitions.Contains(offsets) ? ErrorCode.None
            : ErrorCode.InvalidTxnState;
    }

    /// <summary>All markers are written.</summary>
    public static TransactionMetadata Complete(TransactionMetadata prepared, long now) => prepared with
    {
        State = prepared.State == TransactionState.PrepareCommit ? TransactionState.CompleteCommit : TransactionState.CompleteAbort,
        Partitions = [],
        StartTimestamp = -1,
        UpdateTimestamp = now,
    };

    /// <summary>Whether an ongoing transaction has had its time.</summary>
    public static bool IsTimedOut(TransactionMetadata current, long now) =>
        current.State == TransactionState.Ongoing && now > current.StartTimestamp + current.TimeoutMs;

    /// <summary>Whether nobody has used the id for so long that it is forgotten.</summary>
    public static bool IsExpired(TransactionMetadata current, long expirationMs, long now) =>
        !current.IsPrepared && current.State != TransactionState.Ongoing && now - current.UpdateTimestamp >= expirationMs;

    /// <summary>Decides to abort an ongoing transaction against its producer, whose epoch is outdated from here on.</summary>
    public static TransactionMetadata Fence(TransactionMetadata current, long now) => Prepare(current, commit: false, now) with
    {
        ProducerEpoch = (short)(current.ProducerEpoch + 1),
        LastProducerEpoch = -1,
    };

    /// <summary>Takes the partitions of a deleted topic out of an ongoing transaction.</summary>
    /// <returns>The next state, or null when the topic was not part of it.</returns>
    public static TransactionMetadata? WithoutTopic(TransactionMetadata current, string topic)
    {
        var left = current.Partitions.Where(partition => partition.Topic != topic).ToArray();
        return left.Length == current.Partitions.Count ? null : current with { Partitions = [.. left] };
    }

    private static TransactionMetadata New(string transactionalId, long producerId, int timeoutMs, long now) => new()
    {
        TransactionalId = transactionalId,
        ProducerId = producerId,
        ProducerEpoch = 0,
        TimeoutMs = timeoutMs,
        State = TransactionState.Empty,
        UpdateTimestamp = now,
    };

    private static TransactionMetadata Prepare(TransactionMetadata current, bool commit, long now) => current with
    {
        State = commit ? TransactionState.PrepareCommit : TransactionState.PrepareAbort,
        UpdateTimestamp = now,
    };

    // The first answer got lost: the producer still shows what it was before it asked, and nobody has used the new epoch.
    private static bool IsRetry(TransactionMetadata current, ProducerIdentity shown) =>
        current.State == TransactionState.Empty
        && shown.Epoch == current.LastProducerEpoch
        && shown.ProducerId == (current.LastProducerId >= 0 ? current.LastProducerId : current.ProducerId);

    private static ErrorCode Identify(TransactionMetadata? current, ProducerIdentity producer)
    {
        if (current is null || current.ProducerId != producer.ProducerId)
            return ErrorCode.InvalidProducerIdMapping;
        return current.ProducerEpoch == producer.Epoch ? ErrorCode.None : ErrorCode.ProducerFenced;
    }
}
