using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Log;

/// <summary>
/// The producers of one partition: sequence checks, duplicates, epochs, open transactions (KIP-98). Used under the writer lock only.
/// <para>An entry goes when idle for the expiration time, or when there are too many; never while its transaction is open.</para>
/// </summary>
internal sealed class ProducerStateTable
{
    private readonly Dictionary<long, ProducerEntry> _entries = [];

    // Transactions open in offset order, so this list is sorted by first offset.
    private readonly List<ProducerEntry> _open = [];

    /// <summary>Producers known.</summary>
    public int Count => _entries.Count;

    /// <summary>All producers.</summary>
    public IEnumerable<ProducerEntry> Entries => _entries.Values;

    /// <summary>First offset of the oldest open transaction; Int64.MaxValue when none is open.</summary>
    public long FirstOpenOffset => _open.Count == 0 ? long.MaxValue : _open[0].TransactionFirstOffset;

    /// <summary>What is known of a producer, or null.</summary>
    public ProducerEntry? Find(long producerId) => _entries.GetValueOrDefault(producerId);

    /// <summary>Decides on a batch with a producer id; changes nothing.</summary>
    public ProducerCheck Check(RecordBatchView batch, in AppendContext context)
    {
        var entry = Find(batch.ProducerId);
        short epoch = batch.ProducerEpoch;
        int first = batch.BaseSequence;
        if (!context.IsInternal)
        {
            if (entry is not null && entry.Epoch == epoch
                && entry.TryFind(first, RecordBatchView.AdvanceSequence(first, batch.LastOffsetDelta), out var original))
                return new ProducerCheck(ErrorCode.None, null, IsDuplicate: true, original);
            if (batch.IsTransactional && !MayOpenTransaction(entry, epoch, context))
                return ProducerCheck.Refused(ErrorCode.InvalidTxnState, "The partition is not in the producer's transaction.");
        }
        if (entry is null)
            return ProducerCheck.Accepted;
        if (epoch < entry.Epoch)
            return ProducerCheck.Refused(ErrorCode.InvalidProducerEpoch, "The producer's epoch is older than the newest one seen.");
        if (!context.IsInternal && !IsNextSequence(entry, epoch, first))
            return ProducerCheck.Refused(ErrorCode.OutOfOrderSequenceNumber, "The batch's sequence does not follow the last one.");
        if (!batch.IsTransactional && entry.TransactionFirstOffset >= 0)
            return ProducerCheck.Refused(ErrorCode.InvalidTxnState, "The producer has a transaction open, and the batch is not in it.");
        return ProducerCheck.Accepted;
    }

    /// <summary>Decides on a marker; changes nothing.</summary>
    public ProducerCheck CheckMarker(long producerId, short epoch, int coordinatorEpoch)
    {
        var entry = Find(producerId);
        if (entry is null)
            return ProducerCheck.Accepted;
        if (epoch < entry.Epoch)
            return ProducerCheck.Refused(ErrorCode.InvalidProducerEpoch, "The marker's epoch is older than the newest one seen.");
        if (coordinatorEpoch < entry.CoordinatorEpoch)
            return ProducerCheck.Refused(ErrorCode.TransactionCoordinatorFenced, "A newer coordinator has written a marker.");
        return ProducerCheck.Accepted;
    }

    /// <summary>Notes a data batch that is in the log at its base offset. Also used to rebuild the table from the log.</summary>
    public void Apply(RecordBatchView batch, long now, int maxProducers)
    {
        var entry = FindOrAdd(batch.ProducerId, maxProducers);
        entry.AdvanceEpoch(batch.ProducerEpoch);
        entry.LastTimestamp = now;
        if (batch.BaseSequence >= 0)
        {
            int last = RecordBatchView.AdvanceSequence(batch.BaseSequence, batch.LastOffsetDelta);
            entry.Retain(new ProducerBatch(batch.BaseSequence, last, batch.LastOffset, batch.LastOffsetDelta, batch.MaxTimestamp));
        }
        if (batch.IsTransactional && entry.TransactionFirstOffset < 0)
        {
            entry.TransactionFirstOffset = batch.BaseOffset;
            _open.Add(entry);
        }
    }

    /// <summary>Notes a marker that is in the log. Returns the first offset of the transaction it ends, -1 when there was none.</summary>
    public long ApplyMarker(long producerId, short epoch, int coordinatorEpoch, long offset, long now, int maxProducers)
    {
        var entry = FindOrAdd(producerId, maxProducers);
        entry.AdvanceEpoch(epoch);
        entry.CoordinatorEpoch = Math.Max(entry.CoordinatorEpoch, coordinatorEpoch);
        entry.LastTimestamp = now;
        entry.LastMarkerOffset = offset;
        long first = entry.TransactionFirstOffset;
        if (first >= 0)
        {
            entry.TransactionFirstOffset = -1;
            _open.Remove(entry);
        }
        return first;
    }

    /// <summary>Takes in an entry of a snapshot.</summary>
    public void Restore(ProducerEntry entry)
    {
        _entries.Add(entry.ProducerId, entry);
        if (entry.TransactionFirstOffset < 0)
            return;
        _open.Add(entry);
        _open.Sort(static (a, b) => a.TransactionFirstOffset.CompareTo(b.TransactionFirstOffset));
    }

    /// <summary>Forgets producers that have been idle since before a time.</summary>
    public void Expire(long idleBefore)
    {
        // Removal while enumerating is allowed by Dictionary.
        foreach (var entry in _entries.Values)
        {
            if (entry.LastTimestamp <= idleBefore && entry.TransactionFirstOffset < 0)
                _entries.Remove(entry.ProducerId);
        }
    }

    private static bool MayOpenTransaction(ProducerEntry? entry, short epoch, in AppendContext context)
    {
        if (entry is { TransactionFirstOffset: >= 0 } && entry.Epoch == epoch)
            return true;
        return context.PartitionInTransaction && (entry is null || entry.LastMarkerOffset <= context.TransactionGuard);
    }

    private static bool IsNextSequence(ProducerEntry entry, short epoch, int first)
    {
        if (entry.Epoch < 0)
            return true;
        return epoch > entry.Epoch ? first == 0 : first == RecordBatchView.AdvanceSequence(entry.LastSequence, 1);
    }

    private ProducerEntry FindOrAdd(long producerId, int maxProducers)
    {
        if (_entries.TryGetValue(producerId, out var entry))
            return entry;
        if (_entries.Count >= maxProducers)
            EvictLongestIdle();
        entry = new ProducerEntry(producerId);
        _entries.Add(producerId, entry);
        return entry;
    }

    // A tenth at a time, so that the sort is paid once per many new producers.
    private void EvictLongestIdle()
    {
        var idle = _entries.Values.Where(static entry => entry.TransactionFirstOffset < 0)
            .OrderBy(static entry => entry.LastTimestamp).ThenBy(static entry => entry.LastDataOffset)
            .Take(_entries.Count / 10 + 1).ToList();
        foreach (var entry in idle)
            _entries.Remove(entry.ProducerId);
    }
}
