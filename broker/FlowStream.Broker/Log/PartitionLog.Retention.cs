using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <content>Removal of old data.</content>
internal sealed partial class PartitionLog
{
    /// <summary>
    /// Moves the log start up to an offset; -1 means the high watermark. The space comes back when whole segments are below it. Never moves
    /// it back. OFFSET_OUT_OF_RANGE past the high watermark.
    /// </summary>
    public ErrorCode DeleteRecordsBefore(long offset)
    {
        lock (_writer)
        {
            if (_closed)
                return ErrorCode.UnknownTopicOrPartition;
            long target = offset == -1 ? _highWatermark : offset;
            if (target < 0 || target > _highWatermark)
                return ErrorCode.OffsetOutOfRange;
            if (!TryMoveLogStart(target))
                return ErrorCode.KafkaStorageError;
        }
        Advanced?.Invoke();
        return ErrorCode.None;
    }

    /// <summary>
    /// Deletes the oldest segments while the log is larger than <c>retention.bytes</c> or they are older than <c>retention.ms</c> (cleanup
    /// policy delete), and those below the log start; forgets idle producers. An active segment that is old is closed first. Call it
    /// regularly. What cannot be deleted now is tried again next time.
    /// </summary>
    public void ApplyRetention()
    {
        lock (_maintenance)
        {
            try
            {
                long before = LastStableOffset;
                DeleteExpired();
                if (LastStableOffset != before)
                    Advanced?.Invoke();
            }
            catch (Exception refused) when (IsStorageFailure(refused))
            {
                _logger.LogError(refused, "{Directory}: old segments cannot be deleted", _directory);
            }
        }
    }

    private void DeleteExpired()
    {
        LogSegment[] expired;
        lock (_writer)
        {
            if (_closed)
                return;
            var options = _options;
            long now = Now;
            _producers.Expire(now - options.ProducerIdExpirationMs);
            RollIfOld(now, options);
            int count = CountExpired(_view, now, options);
            if (count > 0 && !TryMoveLogStart(Math.Max(_logStartOffset, _view.Segments[count].BaseOffset)))
                return;
            expired = _view.Segments[..count];
            long start = _logStartOffset;
            var aborted = _view.Aborted.Entries.ToArray().Where(entry => entry.LastOffset >= start).ToArray();
            if (count > 0)
                _view = new LogView(_view.Segments[count..], new AbortedTransactionIndex(aborted));
        }
        // The log start is on disk already: if this is cut short, opening the log finishes it.
        foreach (var segment in expired)
        {
            segment.Retire();
            _files.Delete(LogFileNames.Of(_directory, segment.BaseOffset, LogFileNames.IndexSuffix));
            _files.Delete(segment.Path);
        }
    }

    private void RollIfOld(long now, LogOptions options)
    {
        var active = _view.Active;
        bool expired = (options.CleanupPolicy & CleanupPolicy.Delete) != 0 && IsExpired(active, now, options);
        bool deleted = active.NextOffset <= _logStartOffset;
        if (active.Size > 0 && !_tailIsDirty && (expired || deleted || IsOld(active, now, options)))
            Roll(now, options);
    }

    private int CountExpired(LogView view, long now, LogOptions options)
    {
        bool deletes = (options.CleanupPolicy & CleanupPolicy.Delete) != 0;
        long size = view.SizeInBytes;
        int count = 0;
        for (; count < view.Segments.Length - 1; count++)
        {
            var segment = view.Segments[count];
            bool tooLarge = options.RetentionBytes >= 0 && size - segment.Size >= options.RetentionBytes;
            bool below = view.Segments[count + 1].BaseOffset <= _logStartOffset;
            if (!below && !(deletes && (tooLarge || IsExpired(segment, now, options))))
                break;
            size -= segment.Size;
        }
        return count;
    }

    // The broker's clock counts, not the records' own: a replayed file of old lines is kept as long as new ones.
    private static bool IsExpired(LogSegment segment, long now, LogOptions options) =>
        options.RetentionMs >= 0 && now - segment.LastAppendTime >= options.RetentionMs;

    private bool TryMoveLogStart(long offset)
    {
        if (offset <= _logStartOffset)
            return true;
        try
        {
            new LogCheckpoint(offset, Math.Max(offset, _compactedTo)).Write(_files, _directory, _options.FlushMessages is not null);
        }
        catch (Exception refused) when (IsStorageFailure(refused))
        {
            _logger.LogError(refused, "{Directory}: the log start cannot be moved", _directory);
            return false;
        }
        _compactedTo = Math.Max(offset, _compactedTo);
        Volatile.Write(ref _logStartOffset, offset);
        PublishStableOffset();
        return true;
    }
}
