namespace FlowStream.Broker.Log;

/// <summary>
/// Decides batch by batch, in log order from the log's beginning, what compaction leaves.
/// <list type="bullet">
/// <item>A record stays if it is the newest of its key; a tombstone goes once its batch's delete horizon has passed, but not while a batch
/// before it cannot be decoded: that one may hold the value it deletes.</item>
/// <item>Aborted data goes. A marker goes when the pass before found no data of its transaction any more, and its horizon has passed; it
/// takes its entry in the aborted index with it.</item>
/// <item>The last batch of a known producer stays, emptied, and with it the producer's sequence.</item>
/// <item>A batch that cannot be decoded, or that reaches past the known keys, stays as it is.</item>
/// </list>
/// </summary>
internal sealed class BatchCompactor(
    CompactionKeys keys, AbortedTransactionIndex aborted, IReadOnlyDictionary<long, ProducerLast> producers, long now, LogOptions options)
    : IDisposable
{
    private readonly BatchDecoder _decoder = new();
    private readonly BatchRewriter _rewriter = new();
    private readonly List<bool> _keep = [];
    private readonly HashSet<long> _producersWithData = [];
    private bool _sawUndecodable;

    /// <summary>Offsets of the markers that went.</summary>
    public HashSet<long> RemovedMarkers { get; } = [];

    /// <summary>Something was not left as it was since this was last set to false.</summary>
    public bool HasChanges { get; set; }

    /// <summary>What is left of a batch: itself, a smaller one, or nothing. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Compact(RecordBatchView batch)
    {
        if (batch.IsControl)
            return CompactMarker(batch);
        if (batch.IsTransactional && batch.RecordCount > 0)
            _producersWithData.Add(batch.ProducerId);
        if (batch.LastOffset >= keys.CompleteTo)
            return batch.Bytes;
        if (batch.IsTransactional && aborted.IsAborted(batch.ProducerId, batch.BaseOffset))
            return EmptyOrNothing(batch);
        if (_decoder.Decode(batch, int.MaxValue, out var records) == DecodeOutcome.Decoded)
            return CompactRecords(batch, records);
        _sawUndecodable = true;
        return batch.Bytes;
    }

    /// <summary>Gives its buffers back.</summary>
    public void Dispose() => _decoder.Dispose();

    private ReadOnlySpan<byte> CompactRecords(RecordBatchView batch, ReadOnlySpan<byte> records)
    {
        bool tombstonesMayGo = batch.HasDeleteHorizon && batch.BaseTimestamp <= now && !_sawUndecodable;
        int kept = 0;
        bool tombstones = false;
        _keep.Clear();
        var iterator = new RecordIterator(batch, records);
        while (iterator.MoveNext())
        {
            // Records without a key are from before the topic was compacted; nothing could ever replace them.
            bool keep = !iterator.KeyIsNull && keys.IsNewest(iterator.Key, iterator.Offset)
                && !(iterator.ValueIsNull && tombstonesMayGo);
            _keep.Add(keep);
            kept += keep ? 1 : 0;
            tombstones |= keep && iterator.ValueIsNull;
        }
        if (iterator.IsMalformed)
        {
            _sawUndecodable = true;
            return batch.Bytes;
        }
        bool needsHorizon = tombstones && !batch.HasDeleteHorizon;
        if (kept == 0)
            return EmptyOrNothing(batch);
        if (kept == _keep.Count && !needsHorizon)
            return batch.Bytes;
        HasChanges = true;
        return _rewriter.Filter(batch, records, _keep, needsHorizon ? now + options.DeleteRetentionMs : null);
    }

    private ReadOnlySpan<byte> EmptyOrNothing(RecordBatchView batch)
    {
        bool isLast = producers.TryGetValue(batch.ProducerId, out var last) && last.DataOffset == batch.LastOffset;
        if (isLast && batch.RecordCount == 0)
            return batch.Bytes;
        HasChanges = true;
        return isLast ? _rewriter.Empty(batch) : [];
    }

    private ReadOnlySpan<byte> CompactMarker(RecordBatchView batch)
    {
        bool hasData = _producersWithData.Remove(batch.ProducerId);
        if (hasData || batch.LastOffset >= keys.CompleteTo || !TransactionMarker.TryRead(batch, out _))
            return batch.Bytes;
        if (!batch.HasDeleteHorizon)
        {
            HasChanges = true;
            _keep.Clear();
            _keep.Add(true);
            return _rewriter.Filter(batch, batch.StoredRecords, _keep, now + options.DeleteRetentionMs);
        }
        bool isLast = producers.TryGetValue(batch.ProducerId, out var last) && last == new ProducerLast(-1, batch.BaseOffset);
        if (batch.BaseTimestamp > now || isLast)
            return batch.Bytes;
        HasChanges = true;
        RemovedMarkers.Add(batch.BaseOffset);
        return [];
    }
}
