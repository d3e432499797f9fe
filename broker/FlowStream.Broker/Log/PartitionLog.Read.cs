using System.Buffers;
using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Log;

/// <content>Reading.</content>
internal sealed partial class PartitionLog
{
    /// <summary>
    /// Writes whole batches, from the one that contains the offset on, out of one segment. An offset at the end reads nothing and is no
    /// error; below the log start or past the high watermark it is OFFSET_OUT_OF_RANGE.
    /// </summary>
    /// <param name="fetchOffset">First offset wanted; the first batch may begin before it.</param>
    /// <param name="maxBytes">Bound on what is written.</param>
    /// <param name="atLeastOneBatch">The first batch is written even when it is larger (KIP-74).</param>
    /// <param name="isolation">read_committed ends at the last stable offset and lists aborted transactions.</param>
    /// <param name="destination">Takes the batches.</param>
    public FetchResult Read(
        long fetchOffset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation, IBufferWriter<byte> destination)
    {
        while (true)
        {
            long stable = LastStableOffset;
            long high = HighWatermark;
            var view = _view;
            long start = LogStartOffset;
            high = Math.Max(high, start);
            stable = Math.Max(stable, start);
            if (_closed)
                return new FetchResult(ErrorCode.UnknownTopicOrPartition, 0, -1, -1, -1, null);
            if (fetchOffset < start || fetchOffset > high)
                return new FetchResult(ErrorCode.OffsetOutOfRange, 0, high, stable, start, null);
            long upTo = isolation == IsolationLevel.ReadCommitted ? stable : high;
            try
            {
                if (!TryRead(view, fetchOffset, upTo, maxBytes, atLeastOneBatch, destination, out int bytes, out long end))
                    continue;
                var aborted = isolation == IsolationLevel.ReadCommitted ? view.Aborted.Between(fetchOffset, end) : null;
                return new FetchResult(ErrorCode.None, bytes, high, stable, start, aborted);
            }
            catch (Exception failure) when (IsStorageFailure(failure) || failure is InvalidDataException)
            {
                _logger.LogError(failure, "{Directory}: cannot be read at offset {Offset}", _directory, fetchOffset);
                return new FetchResult(ErrorCode.KafkaStorageError, 0, high, stable, start, null);
            }
        }
    }

    /// <summary>
    /// The first record whose timestamp is at or after a time: its timestamp and offset, (-1, -1) when there is none. In a batch that
    /// cannot be decoded (snappy, lz4, zstd) the answer may be the batch's first offset, with its largest timestamp: never too late, at
    /// most one batch too early. Does not regard isolation: under read_committed an answer at or past the last stable offset counts as
    /// none.
    /// </summary>
    public (long Timestamp, long Offset) FindByTimestamp(long timestamp)
    {
        var found = (-1L, -1L);
        Visit(
            LogStartOffset,
            segment => segment.MaxTimestamp >= timestamp ? segment.Index.PositionForTimestamp(timestamp) : -1,
            (batch, decoder) => batch.MaxTimestamp < timestamp || !TryFindIn(batch, timestamp, decoder, out found));
        return found;
    }

    /// <summary>
    /// Visits all records from an offset up to the high watermark at the time of the call, markers too, of aborted transactions too.
    /// Returns how many batches were passed over because they cannot be decoded (snappy, lz4, zstd, or damaged).
    /// </summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public int Replay(long from, RecordVisitor visitor)
    {
        int passedOver = 0;
        Visit(Math.Max(from, LogStartOffset), segment => segment.Index.PositionForOffset(from - segment.BaseOffset), (batch, decoder) =>
        {
            if (batch.LastOffset < from)
                return true;
            if (decoder.Decode(batch, int.MaxValue, out var records) != DecodeOutcome.Decoded)
            {
                passedOver++;
                return true;
            }
            var iterator = new RecordIterator(batch, records);
            while (iterator.MoveNext())
            {
                if (iterator.Offset >= from)
                    visitor(iterator.Current);
            }
            passedOver += iterator.IsMalformed ? 1 : 0;
            return true;
        });
        return passedOver;
    }

    private delegate bool BatchVisitor(RecordBatchView batch, BatchDecoder decoder);

    /// <summary>
    /// Hands batches to a visitor until it says false. Where to begin in a segment says the second argument; -1 skips it.
    /// </summary>
    private void Visit(long from, Func<LogSegment, int> positionIn, BatchVisitor visitor)
    {
        long high = HighWatermark;
        using var decoder = new BatchDecoder();
        while (from < high && !_closed)
        {
            var view = _view;
            int at = view.IndexOf(from);
            if (at == view.Segments.Length)
                return;
            var segment = view.Segments[at];
            // Compaction or retention replaced it meanwhile: look again.
            if (!segment.TryAcquire())
                continue;
            try
            {
                long end = segment.NextOffset;
                int start = positionIn(segment);
                using var reader = new SegmentReader(segment.Handle, Math.Max(0, start), segment.Size);
                while (start >= 0 && reader.MoveNext() && reader.Current.BaseOffset < high)
                {
                    if (!visitor(reader.Current, decoder))
                        return;
                }
                if (reader.IsDamaged)
                    _logger.LogError("{Segment}: damaged at position {Position}", segment.Path, reader.NextPosition);
                from = end;
            }
            finally
            {
                segment.Release();
            }
        }
    }

    private bool TryFindIn(RecordBatchView batch, long timestamp, BatchDecoder decoder, out (long Timestamp, long Offset) found)
    {
        long start = LogStartOffset;
        found = (batch.BaseTimestamp >= timestamp ? batch.BaseTimestamp : batch.MaxTimestamp, Math.Max(start, batch.BaseOffset));
        if (decoder.Decode(batch, int.MaxValue, out var records) != DecodeOutcome.Decoded)
            return batch.LastOffset >= start;
        var iterator = new RecordIterator(batch, records);
        while (iterator.MoveNext())
        {
            found = (iterator.Timestamp, iterator.Offset);
            if (found.Timestamp >= timestamp && found.Offset >= start)
                return true;
        }
        found = (-1, -1);
        return false;
    }

    private static bool TryRead(
        LogView view, long fetchOffset, long upTo, int maxBytes, bool atLeastOneBatch, IBufferWriter<byte> destination,
        out int bytes, out long end)
    {
        (bytes, end) = (0, fetchOffset);
        for (int at = view.IndexOf(fetchOffset); fetchOffset < upTo && at < view.Segments.Length; at++)
        {
            var segment = view.Segments[at];
            if (!segment.TryAcquire())
                return false;
            try
            {
                if (TryReadSegment(segment, fetchOffset, upTo, maxBytes, atLeastOneBatch, destination, out bytes, out end))
                    break;
            }
            finally
            {
                segment.Release();
            }
        }
        return true;
    }

    /// <summary>False when the segment holds no batch at or after the offset: compaction left a gap at its end.</summary>
    private static bool TryReadSegment(
        LogSegment segment, long fetchOffset, long upTo, int maxBytes, bool atLeastOneBatch, IBufferWriter<byte> destination,
        out int bytes, out long end)
    {
        (bytes, end) = (0, fetchOffset);
        var (position, firstSize) = segment.Locate(fetchOffset);
        if (position < 0)
            return false;
        if (firstSize > maxBytes && !atLeastOneBatch)
            return true;
        int wanted = Math.Min(Math.Max(maxBytes, firstSize), segment.Size - position);
        var span = destination.GetSpan(wanted)[..wanted];
        int length = ReadFully(segment, span, position);
        while (length - bytes >= RecordBatchLayout.Records)
        {
            var batch = new RecordBatchView(span.Slice(bytes, RecordBatchLayout.Records));
            if (batch.SizeInBytes < RecordBatchLayout.Records)
                throw new InvalidDataException($"{segment.Path} holds a batch of impossible size at {position + bytes}.");
            if (batch.SizeInBytes > length - bytes || batch.LastOffset >= upTo)
                break;
            bytes += (int)batch.SizeInBytes;
            end = batch.LastOffset + 1;
        }
        destination.Advance(bytes);
        return true;
    }

    private static int ReadFully(LogSegment segment, Span<byte> span, int position)
    {
        int length = 0;
        while (length < span.Length)
        {
            int read = RandomAccess.Read(segment.Handle, span[length..], position + length);
            if (read == 0)
                break;
            length += read;
        }
        return length;
    }
}
