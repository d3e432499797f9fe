using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <summary>
/// Opens a log's directory after whatever happened to it.
/// <list type="bullet">
/// <item>Unfinished files go; a compacted segment that was committed takes the place of what it covers.</item>
/// <item>A segment whose index file fits is not read. The last one is read unless the log was closed in order.</item>
/// <item>A segment that is read is cut after its last whole batch with a good CRC.</item>
/// <item>Producer states come from the newest snapshot at or before the first segment that is read, and from the batches after it.</item>
/// </list>
/// </summary>
internal sealed class LogRecovery(string directory, LogOptions options, TimeProvider clock, ILogFiles files, ILogger logger)
{
    private readonly long _now = clock.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly List<LogSegment> _segments = [];
    private readonly HashSet<LogSegment> _unread = [];
    private readonly List<AbortedTransaction> _aborted = [];
    private readonly Dictionary<LogSegment, AbortedTransaction[]> _indexedAborted = [];
    private ProducerStateTable _producers = new();
    private long _producersAsOf;

    /// <summary>Does all of it.</summary>
    public RecoveredLog Run()
    {
        Directory.CreateDirectory(directory);
        SwapFiles.FinishAll(files, directory);
        long? cleanEnd = CleanShutdownMark.Take(files, directory);
        var checkpoint = LogCheckpoint.Read(directory);
        var bases = ListOffsets(LogFileNames.LogSuffix);
        long logStart = checkpoint?.LogStartOffset ?? (bases.Count > 0 ? bases[0] : 0);
        OpenSegments(DeleteBelow(bases, logStart), cleanEnd);
        LoadSnapshot(cleanEnd);
        foreach (var segment in _segments)
            Replay(segment);
        EnsureActive(logStart);
        var entries = _aborted.Where(entry => entry.LastOffset >= logStart).ToArray();
        var view = new LogView([.. _segments], new AbortedTransactionIndex(entries));
        return new RecoveredLog(view, _producers, logStart, Math.Max(logStart, checkpoint?.CompactedTo ?? 0));
    }

    private List<long> ListOffsets(string suffix)
    {
        var offsets = new List<long>();
        foreach (string path in Directory.EnumerateFiles(directory, "*" + suffix))
        {
            if (LogFileNames.TryParse(path, suffix, out long offset))
                offsets.Add(offset);
        }
        offsets.Sort();
        return offsets;
    }

    /// <summary>Finishes a deletion that was cut short: segments wholly below the log start.</summary>
    private List<long> DeleteBelow(List<long> bases, long logStart)
    {
        int gone = 0;
        while (gone + 1 < bases.Count && bases[gone + 1] <= logStart)
        {
            files.Delete(LogFileNames.Of(directory, bases[gone], LogFileNames.LogSuffix));
            files.Delete(LogFileNames.Of(directory, bases[gone], LogFileNames.IndexSuffix));
            gone++;
        }
        return bases[gone..];
    }

    private void OpenSegments(List<long> bases, long? cleanEnd)
    {
        for (int i = 0; i < bases.Count; i++)
        {
            string path = LogFileNames.Of(directory, bases[i], LogFileNames.LogSuffix);
            bool isLast = i == bases.Count - 1;
            var segment = isLast && cleanEnd is null ? null : OpenIndexed(bases[i], path);
            if (isLast && segment is not null && segment.NextOffset != cleanEnd)
            {
                segment.Retire();
                segment = null;
            }
            if (segment is null)
            {
                segment = new LogSegment(bases[i], path, files.Open(path), new SparseIndex([]))
                {
                    // A clock that runs behind the file's times must not make the segment younger than now.
                    FirstAppendTime = Math.Min(_now, ToMilliseconds(File.GetCreationTimeUtc(path))),
                    LastAppendTime = Math.Min(_now, ToMilliseconds(File.GetLastWriteTimeUtc(path))),
                };
                _unread.Add(segment);
            }
            _segments.Add(segment);
        }
    }

    private LogSegment? OpenIndexed(long baseOffset, string path)
    {
        var segment = SegmentIndexFile.TryOpen(files, directory, baseOffset, path, out var aborted);
        if (segment is not null)
            _indexedAborted[segment] = aborted;
        return segment;
    }

    private void LoadSnapshot(long? cleanEnd)
    {
        var firstUnread = _segments.Find(_unread.Contains);
        long limit = firstUnread?.BaseOffset ?? cleanEnd ?? 0;
        foreach (long offset in Enumerable.Reverse(ListOffsets(LogFileNames.SnapshotSuffix)))
        {
            string path = LogFileNames.Of(directory, offset, LogFileNames.SnapshotSuffix);
            if (offset <= limit && ProducerSnapshot.Read(path) is { } table)
            {
                (_producers, _producersAsOf) = (table, offset);
                return;
            }
        }
    }

    private void Replay(LogSegment segment)
    {
        bool unread = _unread.Contains(segment);
        if (!unread)
            _aborted.AddRange(_indexedAborted[segment]);
        if (!unread && segment.NextOffset <= _producersAsOf)
            return;
        int length = unread ? checked((int)RandomAccess.GetLength(segment.Handle)) : segment.Size;
        using var reader = new SegmentReader(segment.Handle, 0, length);
        while (reader.MoveNext())
        {
            var batch = reader.Current;
            if (unread && !IsWhole(batch, segment.NextOffset))
                break;
            if (batch.BaseOffset >= _producersAsOf)
                ApplyToProducers(batch, recordAborted: unread);
            if (unread)
                segment.Add(batch, options.IndexIntervalBytes);
        }
        if (unread && segment.Size < length)
            Cut(segment, length);
        else if (reader.IsDamaged)
            logger.LogError("{Segment}: damaged at position {Position}", segment.Path, reader.NextPosition);
    }

    private static bool IsWhole(RecordBatchView batch, long expectedOffset) =>
        batch.BaseOffset >= expectedOffset && batch.LastOffsetDelta >= 0 && batch.Crc == batch.ComputeCrc();

    private void ApplyToProducers(RecordBatchView batch, bool recordAborted)
    {
        if (batch.ProducerId < 0)
            return;
        if (!batch.IsControl)
        {
            _producers.Apply(batch, _now, options.MaxProducers);
            return;
        }
        if (!TransactionMarker.TryRead(batch, out var marker))
            return;
        long first = _producers.ApplyMarker(
            batch.ProducerId, batch.ProducerEpoch, marker.CoordinatorEpoch, batch.BaseOffset, _now, options.MaxProducers);
        if (recordAborted && first >= 0 && !marker.Commit)
        {
            long stable = Math.Min(_producers.FirstOpenOffset, batch.BaseOffset + 1);
            _aborted.Add(new AbortedTransaction(batch.ProducerId, first, batch.BaseOffset, stable));
        }
    }

    private void Cut(LogSegment segment, int length)
    {
        files.SetLength(segment.Handle, segment.Size);
        logger.Log(
            segment == _segments[^1] ? LogLevel.Warning : LogLevel.Error,
            "{Segment}: cut {Bytes} bytes after the last whole batch, at offset {Offset}",
            segment.Path, length - segment.Size, segment.NextOffset);
    }

    private void EnsureActive(long logStart)
    {
        if (_segments.Count > 0 && _segments[^1].NextOffset >= logStart)
            return;
        foreach (var segment in _segments)
        {
            logger.LogError("{Segment}: ends below the log start {LogStart}; deleted", segment.Path, logStart);
            files.Delete(segment.Path);
            segment.Retire();
        }
        _segments.Clear();
        string path = LogFileNames.Of(directory, logStart, LogFileNames.LogSuffix);
        _segments.Add(
            new LogSegment(logStart, path, files.Open(path), new SparseIndex([])) { FirstAppendTime = _now, LastAppendTime = _now });
    }

    private static long ToMilliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
