using FlowStream.Broker.Log;

namespace FlowStream.Broker.Transactions;

/// <content>Recovery at start, and what time and deleted topics take away.</content>
internal sealed partial class TransactionCoordinator
{
    /// <summary>
    /// Reads the log back, completes what was decided, and lets open transactions go on with the time they have left. To be called once,
    /// after the group coordinator has recovered and before the first request.
    /// </summary>
    /// <exception cref="InvalidDataException">A record cannot be read.</exception>
    public void Recover()
    {
        _log.Replay(Replay);
        foreach (var id in _ids.Values)
            Publish(id.Metadata!);
        Check();
        // Not earlier: what is half read must not be acted on.
        _timer.Change(_options.CheckInterval, _options.CheckInterval);
    }

    /// <summary>Takes the partitions of a deleted topic out of the transactions they are part of.</summary>
    public void ForgetTopic(string topic)
    {
        foreach (var (name, id) in _ids)
        {
            Guarded(name, id, metadata =>
            {
                if (metadata.State == TransactionState.Ongoing && TransactionRules.WithoutTopic(metadata, topic) is { } without)
                    Store(id, without);
            });
        }
    }

    private void Check()
    {
        var now = Now;
        foreach (var (name, id) in _ids)
            Guarded(name, id, metadata => Check(name, id, metadata, now));
    }

    private void Check(string name, TransactionalId id, TransactionMetadata metadata, long now)
    {
        if (TransactionRules.IsTimedOut(metadata, now))
        {
            _events.TimedOut(metadata);
            Apply(id, TransactionChange.To(TransactionRules.Fence(metadata, now)));
        }
        else if (metadata.IsPrepared)
        {
            Complete(id);
        }
        else if (TransactionRules.IsExpired(metadata, (long)_options.TransactionalIdExpiration.TotalMilliseconds, now))
        {
            _log.AppendTombstone(name, now);
            Remove(name, id);
        }
    }

    private void Remove(string name, TransactionalId id)
    {
        id.IsRemoved = true;
        _ids.TryRemove(name, out _);
    }

    private void Guarded(string name, TransactionalId id, Action<TransactionMetadata> action)
    {
        lock (id.Gate)
        {
            if (id.IsRemoved)
                return;
            try
            {
                // The log could not be written when it was created.
                if (id.Metadata is null)
                    Remove(name, id);
                else
                    action(id.Metadata);
            }
            catch (IOException error)
            {
                // Tried again by the next check.
                _events.StorageFailed(name, error);
            }
        }
    }

    private void Replay(in LogRecord record)
    {
        if (record.IsControl)
            return;
        var transactionalId = TransactionRecords.ReadKey(record.Key, out var isProducerIds);
        if (isProducerIds)
            _producerIds.Recover(TransactionRecords.ReadProducerIds(record.Value));
        else if (transactionalId is not null && record.ValueIsNull)
            _ids.TryRemove(transactionalId, out _);
        else if (transactionalId is not null)
            _ids[transactionalId] = new TransactionalId { Metadata = TransactionRecords.ReadValue(transactionalId, record.Value) };
    }
}
