using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <content>Compaction.</content>
internal sealed partial class PartitionLog
{
    /// <summary>
    /// Compacts closed segments below the last stable offset, if the cleanup policy says so and enough of them is new. The newest value of
    /// each key stays at its offset. Small neighbours become one segment. Readers see the old or the new segments, never a mixture. Call it
    /// regularly; what fails is logged and tried again next time.
    /// </summary>
    public void Compact()
    {
        lock (_maintenance)
        {
            try
            {
                CompactIfDue(_options);
            }
            catch (Exception refused) when (IsStorageFailure(refused))
            {
                _logger.LogError(refused, "{Directory}: cannot be compacted", _directory);
            }
        }
    }

    private void CompactIfDue(LogOptions options)
    {
        if (_closed || (options.CleanupPolicy & CleanupPolicy.Compact) == 0)
            return;
        LogSegment[] segments;
        Dictionary<long, ProducerLast> producers;
        AbortedTransactionIndex aborted;
        long now = Now;
        lock (_writer)
        {
            RollIfOld(now, options);
            long stable = _lastStableOffset;
            segments = [.. _view.Segments[..^1].TakeWhile(segment => segment.NextOffset <= stable)];
            aborted = _view.Aborted;
            producers = _producers.Entries.ToDictionary(
                static entry => entry.ProducerId, static entry => new ProducerLast(entry.LastDataOffset, entry.LastMarkerOffset));
        }
        long total = segments.Sum(static segment => (long)segment.Size);
        long dirty = segments.Where(segment => segment.NextOffset > _compactedTo).Sum(static segment => (long)segment.Size);
        if (dirty == 0 || dirty < total * options.MinCleanableDirtyRatio)
            return;
        FinishSwaps(segments);
        var keys = CollectKeys(segments, aborted, options);
        using var compactor = new BatchCompactor(keys, aborted, producers, now, options);
        foreach (var group in Groups(segments.Where(segment => segment.BaseOffset < keys.CompleteTo), options))
        {
            if (!TryCompact(group, compactor, options))
                return;
        }
        lock (_writer)
        {
            _compactedTo = Math.Max(_compactedTo, keys.CompleteTo);
            new LogCheckpoint(_logStartOffset, _compactedTo).Write(_files, _directory, flush: options.FlushMessages is not null);
        }
    }

    // A swap that a storage failure interrupted is finished before anything else is renamed.
    private void FinishSwaps(LogSegment[] segments)
    {
        foreach (var segment in segments)
        {
            if (LogFileNames.TryParseSwap(segment.Path, out long from, out long to))
                segment.Path = SwapFiles.Finish(_files, _directory, segment.Path, from, to);
        }
    }

    private CompactionKeys CollectKeys(LogSegment[] segments, AbortedTransactionIndex aborted, LogOptions options)
    {
        var keys = new CompactionKeys(options.MaxCompactionKeys);
        using var decoder = new BatchDecoder();
        foreach (var segment in segments.Where(segment => segment.NextOffset > _compactedTo))
        {
            using var reader = new SegmentReader(segment.Handle, 0, segment.Size);
            while (reader.MoveNext() && !_closed)
            {
                if (reader.Current.LastOffset >= _compactedTo && !TryCollect(reader.Current, aborted, decoder, keys))
                    return keys;
            }
        }
        keys.Complete(segments[^1].NextOffset);
        return keys;
    }

    private static bool TryCollect(RecordBatchView batch, AbortedTransactionIndex aborted, BatchDecoder decoder, CompactionKeys keys)
    {
        if (batch.IsControl
            || (batch.IsTransactional && aborted.IsAborted(batch.ProducerId, batch.BaseOffset))
            || decoder.Decode(batch, int.MaxValue, out var records) != DecodeOutcome.Decoded)
            return true;
        var iterator = new RecordIterator(batch, records);
        while (iterator.MoveNext())
        {
            if (!iterator.KeyIsNull && !keys.TryAdd(iterator.Key, iterator.Offset))
                return false;
        }
        return true;
    }

    private static IEnumerable<List<LogSegment>> Groups(IEnumerable<LogSegment> segments, LogOptions options)
    {
        List<LogSegment> group = [];
        long size = 0;
        foreach (var segment in segments)
        {
            bool fits = group.Count > 0 && size + segment.Size <= options.SegmentBytes
                && segment.NextOffset - group[0].BaseOffset <= int.MaxValue;
            if (group.Count > 0 && !fits)
            {
                yield return group;
                (group, size) = ([], 0);
            }
            group.Add(segment);
            size += segment.Size;
        }
        if (group.Count > 0)
            yield return group;
    }

    /// <summary>Replaces neighbouring segments by one with what is left of them; false when the log was closed meanwhile.</summary>
    private bool TryCompact(List<LogSegment> group, BatchCompactor compactor, LogOptions options)
    {
        string cleaned = LogFileNames.Of(_directory, group[0].BaseOffset, LogFileNames.CleanedSuffix);
        var segment = new LogSegment(group[0].BaseOffset, cleaned, _files.Open(cleaned), new SparseIndex([]))
        {
            FirstAppendTime = group.Min(static old => old.FirstAppendTime),
            LastAppendTime = group.Max(static old => old.LastAppendTime),
        };
        bool committed = false;
        compactor.HasChanges = false;
        try
        {
            _files.SetLength(segment.Handle, 0);
            foreach (var old in group)
            {
                if (!TryCopy(old, segment, compactor, options))
                    return false;
            }
            if (group.Count == 1 && segment.Size == group[0].Size && !compactor.HasChanges)
                return true;
            segment.ExtendTo(group[^1].NextOffset);
            segment.Index.Trim();
            _files.Flush(segment.Handle);
            string swap = LogFileNames.Swap(_directory, segment.BaseOffset, segment.NextOffset);
            _files.Replace(cleaned, swap);
            segment.Path = swap;
            committed = true;
        }
        finally
        {
            if (!committed)
            {
                segment.Retire();
                _files.Delete(cleaned);
            }
        }
        Substitute(group, segment, compactor);
        return true;
    }

    private bool TryCopy(LogSegment old, LogSegment segment, BatchCompactor compactor, LogOptions options)
    {
        using var reader = new SegmentReader(old.Handle, 0, old.Size);
        while (reader.MoveNext())
        {
            if (_closed)
                return false;
            var left = compactor.Compact(reader.Current);
            if (left.IsEmpty)
                continue;
            _files.Write(segment.Handle, left, segment.Size);
            segment.Add(new RecordBatchView(left), options.IndexIntervalBytes);
        }
        if (reader.IsDamaged)
            throw new IOException($"{old.Path} is damaged at position {reader.NextPosition}.");
        return true;
    }

    private void Substitute(List<LogSegment> group, LogSegment segment, BatchCompactor compactor)
    {
        AbortedTransactionIndex aborted;
        lock (_writer)
        {
            var left = _view.Aborted.Entries.ToArray().Where(entry => !compactor.RemovedMarkers.Contains(entry.LastOffset)).ToArray();
            aborted = new AbortedTransactionIndex(left);
            int at = Array.IndexOf(_view.Segments, group[0]);
            _view = new LogView([.. _view.Segments[..at], segment, .. _view.Segments[(at + group.Count)..]], aborted);
        }
        foreach (var old in group)
            old.Retire();
        segment.Path = SwapFiles.Finish(_files, _directory, segment.Path, segment.BaseOffset, segment.NextOffset);
        SegmentIndexFile.Write(
            _files, _directory, segment, AbortedIn(aborted, segment.BaseOffset, segment.NextOffset), flush: false);
    }
}
