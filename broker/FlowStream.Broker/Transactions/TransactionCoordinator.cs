using System.Collections.Concurrent;
using System.Text;
using FlowStream.Broker.Apis;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>
/// Coordinates the transactions of the broker. One lock per transactional id; markers are written before EndTxn is answered, so that a
/// consumer under read_committed sees the data at once and the producer's next transaction never meets the last one.
/// Its state is what <c>__transaction_state</c> holds: <see cref="Recover"/> reads it back before the first request.
/// </summary>
internal sealed partial class TransactionCoordinator : ITransactionGate, IDisposable
{
    private readonly TransactionOptions _options;
    private readonly TransactionLog _log;
    private readonly ITransactionMarkers _markers;
    private readonly TimeProvider _clock;
    private readonly TransactionEvents _events;
    private readonly ProducerIdAllocator _producerIds;
    private readonly ConcurrentDictionary<string, TransactionalId> _ids = new(StringComparer.Ordinal);

    // Read by Produce without any lock; what a partition log's guard makes of a stale answer is said in AppendContext.
    private readonly ConcurrentDictionary<long, OngoingTransaction> _ongoing = new();
    private readonly ITimer _timer;
    private volatile bool _disposed;

    /// <summary>A coordinator without ids yet.</summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="log">Where its state goes.</param>
    /// <param name="markers">Where its markers go.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="events">Where it reports.</param>
    public TransactionCoordinator(
        TransactionOptions options, TransactionLog log, ITransactionMarkers markers, TimeProvider clock, TransactionEvents events)
    {
        _options = options;
        _log = log;
        _markers = markers;
        _clock = clock;
        _events = events;
        _producerIds = new ProducerIdAllocator(end => _log.AppendProducerIds(end, Now));
        _timer = clock.CreateTimer(
            static coordinator => ((TransactionCoordinator)coordinator!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Gives a producer its id and epoch; with a transactional id, fences its predecessor and aborts what that left open.
    /// </summary>
    /// <param name="transactionalId">The id, or null for a producer that is only idempotent.</param>
    /// <param name="shown">What the producer was before, or <see cref="ProducerIdentity.None"/>.</param>
    /// <param name="timeoutMs">How long its transactions may take.</param>
    /// <param name="producer">What the producer is now; <see cref="ProducerIdentity.None"/> on error.</param>
    public ErrorCode InitProducerId(string? transactionalId, ProducerIdentity shown, int timeoutMs, out ProducerIdentity producer)
    {
        producer = ProducerIdentity.None;
        if (transactionalId is null)
            return AllocateProducerId(out producer);
        if (transactionalId.Length == 0 || Encoding.UTF8.GetByteCount(transactionalId) > TransactionOptions.MaxTransactionalIdBytes)
            return ErrorCode.InvalidRequest;
        if (shown.ProducerId == -1 != (shown.Epoch == -1))
            return ErrorCode.InvalidRequest;
        if (timeoutMs <= 0 || timeoutMs > _options.MaxTransactionTimeout.TotalMilliseconds)
            return ErrorCode.InvalidTransactionTimeout;
        if (!_ids.ContainsKey(transactionalId) && _ids.Count >= _options.MaxTransactionalIds)
            return ErrorCode.PolicyViolation;
        var error = Change(transactionalId, create: true, id => Init(id, transactionalId, shown, timeoutMs), out var metadata);
        if (error == ErrorCode.None)
            producer = new ProducerIdentity(metadata!.ProducerId, metadata.ProducerEpoch);
        return error;
    }

    /// <summary>Partitions join the producer's transaction. The caller has seen that they exist.</summary>
    public ErrorCode AddPartitions(string transactionalId, ProducerIdentity producer, IReadOnlyCollection<TopicPartition> partitions) =>
        Change(transactionalId, create: false, id => Apply(id, TransactionRules.AddPartitions(id.Metadata, producer, partitions, Now)),
            out _);

    /// <summary>The producer ends its transaction; every partition has its marker when this returns without error.</summary>
    public ErrorCode EndTransaction(string transactionalId, ProducerIdentity producer, bool commit) =>
        Change(transactionalId, create: false, id => Apply(id, TransactionRules.EndTransaction(id.Metadata, producer, commit, Now)), out _);

    /// <summary>Runs an action while the producer's transaction is held open, if it carries this partition of the offsets topic.</summary>
    /// <param name="transactionalId">The id.</param>
    /// <param name="producer">The producer.</param>
    /// <param name="offsets">The partition of the offsets topic.</param>
    /// <param name="write">Writes the offsets.</param>
    public ErrorCode WithOffsets(string transactionalId, ProducerIdentity producer, TopicPartition offsets, Action write)
    {
        if (!_ids.TryGetValue(transactionalId, out var id))
            return ErrorCode.InvalidProducerIdMapping;
        lock (id.Gate)
        {
            var error = TransactionRules.CheckOffsets(id.Metadata, producer, offsets);
            if (error == ErrorCode.None)
                write();
            return error;
        }
    }

    /// <inheritdoc/>
    public bool Contains(long producerId, short producerEpoch, string topic, int partition) =>
        _ongoing.TryGetValue(producerId, out var ongoing)
        && ongoing.Epoch == producerEpoch
        && ongoing.Partitions.Contains(new TopicPartition(topic, partition));

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
        // Whoever is at work on an id finishes before the logs are closed.
        foreach (var id in _ids.Values)
        {
            lock (id.Gate)
                id.IsRemoved = true;
        }

        _log.Dispose();
        _events.Dispose();
    }

    private ErrorCode AllocateProducerId(out ProducerIdentity producer)
    {
        producer = ProducerIdentity.None;
        try
        {
            producer = new ProducerIdentity(_producerIds.Next(), 0);
            return ErrorCode.None;
        }
        catch (IOException error)
        {
            _events.StorageFailed(string.Empty, error);
            return ErrorCode.CoordinatorNotAvailable;
        }
    }

    private ErrorCode Change(
        string transactionalId, bool create, Func<TransactionalId, ErrorCode> change, out TransactionMetadata? metadata)
    {
        metadata = null;
        while (!_disposed)
        {
            var id = create ? _ids.GetOrAdd(transactionalId, static _ => new TransactionalId()) : _ids.GetValueOrDefault(transactionalId);
            if (id is null)
                return ErrorCode.InvalidProducerIdMapping;
            lock (id.Gate)
            {
                if (id.IsRemoved)
                    continue;
                try
                {
                    var error = change(id);
                    metadata = id.Metadata;
                    return error;
                }
                catch (IOException error)
                {
                    // What is in the log counts: a prepared transaction is completed by the next check, anything else did not happen.
                    _events.StorageFailed(transactionalId, error);
                    return ErrorCode.CoordinatorNotAvailable;
                }
            }
        }

        return ErrorCode.CoordinatorNotAvailable;
    }

    private ErrorCode Init(TransactionalId id, string transactionalId, ProducerIdentity shown, int timeoutMs)
    {
        var change = TransactionRules.InitProducerId(transactionalId, id.Metadata, shown, timeoutMs, Now, _producerIds.Next);
        var error = Apply(id, change);
        if (error != ErrorCode.None || change.Next?.State != TransactionState.PrepareAbort)
            return error;
        Store(id, TransactionRules.Renew(id.Metadata!, shown, timeoutMs, Now, _producerIds.Next));
        return ErrorCode.None;
    }

    private ErrorCode Apply(TransactionalId id, TransactionChange change)
    {
        if (change.Next is null)
            return change.Error;
        Store(id, change.Next);
        if (change.Next.IsPrepared)
            Complete(id);
        return ErrorCode.None;
    }

    private void Complete(TransactionalId id)
    {
        var prepared = id.Metadata!;
        var producer = new ProducerIdentity(prepared.ProducerId, prepared.ProducerEpoch);
        foreach (var partition in prepared.Partitions)
            _markers.Write(partition, producer, prepared.State == TransactionState.PrepareCommit);
        Store(id, TransactionRules.Complete(prepared, Now));
        _events.Ended(id.Metadata!);
    }

    private void Store(TransactionalId id, TransactionMetadata next)
    {
        _log.Append(next);
        id.Metadata = next;
        Publish(next);
    }

    private void Publish(TransactionMetadata metadata)
    {
        if (metadata.State == TransactionState.Ongoing)
            _ongoing[metadata.ProducerId] = new OngoingTransaction(metadata.ProducerEpoch, metadata.Partitions);
        else
            _ongoing.TryRemove(metadata.ProducerId, out _);
    }
}
