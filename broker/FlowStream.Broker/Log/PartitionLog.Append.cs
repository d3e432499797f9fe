using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <content>Writing.</content>
internal sealed partial class PartitionLog
{
    /// <summary>
    /// Appends one v2 batch as it is: only base offset and leader epoch are patched, in place, and timestamp and CRC when the topic stamps.
    /// Either the whole batch is in the log and the answer says where, or nothing is and the answer says why; a full disk is
    /// KAFKA_STORAGE_ERROR, and later appends work again once there is room.
    /// </summary>
    /// <param name="batch">What the request carries for the partition: must be exactly one batch.</param>
    /// <param name="context">What the batch does not say.</param>
    public AppendResult Append(Span<byte> batch, in AppendContext context)
    {
        var options = _options;
        var error = BatchValidator.Validate(batch, options, context, out string? message);
        if (error != ErrorCode.None)
            return Refuse(error, message);
        AppendResult result;
        lock (_writer)
            result = AppendChecked(batch, context, options);
        if (result.Error == ErrorCode.None && !result.Duplicate)
            Advanced?.Invoke();
        return result;
    }

    /// <summary>
    /// Ends the producer's transaction in this partition by a marker. Without an open transaction the marker is written all the same, and
    /// nothing becomes aborted.
    /// </summary>
    /// <param name="producerId">The producer.</param>
    /// <param name="producerEpoch">Its epoch, or a newer one that fences it.</param>
    /// <param name="commit">Commit, otherwise abort.</param>
    /// <param name="coordinatorEpoch">Epoch of the coordinator; an older one than the last is refused.</param>
    public AppendResult AppendMarker(long producerId, short producerEpoch, bool commit, int coordinatorEpoch)
    {
        AppendResult result;
        lock (_writer)
            result = AppendMarkerLocked(producerId, producerEpoch, commit, coordinatorEpoch);
        if (result.Error == ErrorCode.None)
            Advanced?.Invoke();
        return result;
    }

    /// <summary>See <see cref="AppendContext"/>: to be read before the transaction coordinator is asked.</summary>
    public long TransactionGuard(long producerId)
    {
        lock (_writer)
            return _producers.Find(producerId)?.LastMarkerOffset ?? -1;
    }

    /// <summary>Whether the producer has a transaction open here.</summary>
    public bool HasOpenTransaction(long producerId)
    {
        lock (_writer)
            return _producers.Find(producerId) is { TransactionFirstOffset: >= 0 };
    }

    private AppendResult AppendChecked(Span<byte> batch, in AppendContext context, LogOptions options)
    {
        if (_closed)
            return RefuseClosed();
        var view = new RecordBatchView(batch);
        if (view.ProducerId >= 0)
        {
            var check = _producers.Check(view, context);
            if (check.Error != ErrorCode.None)
                return Refuse(check.Error, check.Message);
            if (check.IsDuplicate)
                return Accept(check.Original.BaseOffset, options, check.Original.Timestamp, duplicate: true);
        }
        long now = Now;
        long offset = _highWatermark;
        BatchPatch.Place(batch, offset);
        if (options.TimestampType == TimestampType.LogAppendTime)
            BatchPatch.StampLogAppendTime(batch, now);
        if (!TryWrite(view, now, options))
            return Refuse(ErrorCode.KafkaStorageError, "The log cannot be written.");
        if (view.ProducerId >= 0)
            _producers.Apply(view, now, options.MaxProducers);
        Publish(view, options);
        return Accept(offset, options, now, duplicate: false);
    }

    private AppendResult AppendMarkerLocked(long producerId, short producerEpoch, bool commit, int coordinatorEpoch)
    {
        if (_closed)
            return RefuseClosed();
        var check = _producers.CheckMarker(producerId, producerEpoch, coordinatorEpoch);
        if (check.Error != ErrorCode.None)
            return Refuse(check.Error, check.Message);
        var options = _options;
        long now = Now;
        long offset = _highWatermark;
        var batch = _marker.BuildMarker(producerId, producerEpoch, commit, coordinatorEpoch, now);
        BatchPatch.Place(batch, offset);
        var view = new RecordBatchView(batch);
        if (!TryWrite(view, now, options))
            return Refuse(ErrorCode.KafkaStorageError, "The log cannot be written.");
        long first = _producers.ApplyMarker(producerId, producerEpoch, coordinatorEpoch, offset, now, options.MaxProducers);
        // Before the marker can be read: whoever reads it must find the entry.
        if (first >= 0 && !commit)
            _view.Aborted.Add(new AbortedTransaction(producerId, first, offset, Math.Min(_producers.FirstOpenOffset, offset + 1)));
        Publish(view, options);
        return Accept(offset, options, now, duplicate: false);
    }

    private bool TryWrite(RecordBatchView batch, long now, LogOptions options)
    {
        try
        {
            var active = _view.Active;
            if (_tailIsDirty)
                CutTail(active);
            if (IsRollDue(active, batch.Bytes.Length, batch.LastOffset, now, options))
                active = Roll(now, options);
            _tailIsDirty = true;
            _files.Write(active.Handle, batch.Bytes, active.Size);
            FlushIfDue(active, batch.RecordCount, options);
            _tailIsDirty = false;
            if (active.Size == 0)
                active.FirstAppendTime = now;
            active.LastAppendTime = now;
            NoteStorage(fails: false, null);
            return true;
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            NoteStorage(fails: true, refused);
            TryCutTail();
            return false;
        }
    }

    private void TryCutTail()
    {
        if (!_tailIsDirty)
            return;
        try
        {
            CutTail(_view.Active);
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            _logger.LogWarning(refused, "{Directory}: the unfinished batch at the end is cut before the next append", _directory);
        }
    }

    // Part of a batch may be there after a failed write: a shorter one over it would leave its rest behind as the log's tail.
    private void CutTail(LogSegment active)
    {
        _files.SetLength(active.Handle, active.Size);
        _tailIsDirty = false;
    }

    private void FlushIfDue(LogSegment active, int records, LogOptions options)
    {
        if (options.FlushMessages is not { } limit)
            return;
        _unflushed += records;
        if (_unflushed < limit)
            return;
        _files.Flush(active.Handle);
        _unflushed = 0;
    }

    private void Publish(RecordBatchView batch, LogOptions options)
    {
        _view.Active.Add(batch, options.IndexIntervalBytes);
        Volatile.Write(ref _highWatermark, batch.LastOffset + 1);
        PublishStableOffset();
    }

    private void PublishStableOffset() =>
        Volatile.Write(ref _lastStableOffset, Math.Max(_logStartOffset, Math.Min(_producers.FirstOpenOffset, _highWatermark)));

    private static bool IsRollDue(LogSegment active, int bytes, long lastOffset, long now, LogOptions options) =>
        active.Size > 0
        && ((long)active.Size + bytes > options.SegmentBytes
            || lastOffset - active.BaseOffset > int.MaxValue
            || IsOld(active, now, options));

    private static bool IsOld(LogSegment segment, long now, LogOptions options) => now - segment.FirstAppendTime >= options.SegmentMs;

    /// <summary>Closes the active segment and starts the next one. On a storage failure all stays as it was.</summary>
    private LogSegment Roll(long now, LogOptions options)
    {
        var view = _view;
        bool durable = options.FlushMessages is not null;
        if (durable)
            _files.Flush(view.Active.Handle);
        Seal(view, durable);
        long offset = view.Active.NextOffset;
        string path = LogFileNames.Of(_directory, offset, LogFileNames.LogSuffix);
        var handle = _files.Open(path);
        _files.SetLength(handle, 0);
        var next = new LogSegment(offset, path, handle, new SparseIndex([])) { FirstAppendTime = now, LastAppendTime = now };
        view.Active.Index.Trim();
        _view = view with { Segments = [.. view.Segments, next] };
        if (!durable)
            FlushInBackground(view.Active);
        RemoveOldSnapshots(view.Active.BaseOffset);
        return next;
    }

    /// <summary>Writes down what the next opening need not read the active segment for.</summary>
    private void Seal(LogView view, bool flush)
    {
        var active = view.Active;
        SegmentIndexFile.Write(_files, _directory, active, AbortedIn(view.Aborted, active.BaseOffset, active.NextOffset), flush);
        ProducerSnapshot.Write(_files, LogFileNames.Of(_directory, active.NextOffset, LogFileNames.SnapshotSuffix), _producers, flush);
    }

    private static AbortedTransaction[] AbortedIn(AbortedTransactionIndex index, long from, long to) =>
        [.. index.Entries.ToArray().Where(entry => entry.LastOffset >= from && entry.LastOffset < to)];

    // A closed segment should not stay in the page cache alone for long; but a producer need not wait for the disk.
    private void FlushInBackground(LogSegment segment)
    {
        if (!segment.TryAcquire())
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => work.Log.FlushAcquired(work.Segment), (Log: this, Segment: segment), preferLocal: false);
    }

    private void FlushAcquired(LogSegment segment)
    {
        try
        {
            _files.Flush(segment.Handle);
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            _logger.LogError(refused, "{Segment}: cannot be flushed", segment.Path);
        }
        finally
        {
            segment.Release();
        }
    }

    // One snapshot back is kept beside the newest: it serves when the newest turns out damaged.
    private void RemoveOldSnapshots(long before)
    {
        foreach (string path in Directory.GetFiles(_directory, "*" + LogFileNames.SnapshotSuffix))
        {
            if (LogFileNames.TryParse(path, LogFileNames.SnapshotSuffix, out long offset) && offset < before)
                _files.Delete(path);
        }
    }

    private void NoteStorage(bool fails, Exception? reason)
    {
        if (fails == _storageFails)
            return;
        _storageFails = fails;
        if (fails)
            _logger.LogError(reason, "{Directory}: cannot be written; appends are refused until it can", _directory);
        else
            _logger.LogInformation("{Directory}: can be written again", _directory);
    }

    private AppendResult Accept(long offset, LogOptions options, long timestamp, bool duplicate)
    {
        long stamped = options.TimestampType == TimestampType.LogAppendTime ? timestamp : -1;
        return new AppendResult(ErrorCode.None, offset, stamped, _logStartOffset, null, duplicate);
    }

    private AppendResult Refuse(ErrorCode error, string? message) => new(error, -1, -1, LogStartOffset, message, Duplicate: false);

    private AppendResult RefuseClosed() => Refuse(ErrorCode.UnknownTopicOrPartition, "The partition is closed.");
}
