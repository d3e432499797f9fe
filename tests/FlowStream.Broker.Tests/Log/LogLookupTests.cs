using System.Buffers;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class LogLookupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_offset_and_time_is_found_where_a_scan_finds_it()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var records = new List<(long Timestamp, long Offset)>();
        var options = new LogOptions { SegmentBytes = 3000, IndexIntervalBytes = 200 };
        using (var log = Open(options))
        {
            for (int i = 0; i < 150; i++)
            {
                long time = 1000 + i * 3 + random.Next(-40, 40);
                int count = random.Next(1, 4);
                byte[] batch = Batches.At(time, [.. Enumerable.Repeat(new string('v', random.Next(100)), count)]);
                long offset = log.Append(random.Next(3) == 0 ? Batches.Gzip(batch) : batch, Batches.Client).BaseOffset;
                records.AddRange(Enumerable.Range(0, count).Select(j => (time + j, offset + j)));
            }
            AssertLookups(log, records, seed);
        }
        using (var opened = Open(options))
            AssertLookups(opened, records, seed);
        File.Delete(Path.Combine(_directory.Path, LogFileNames.CleanShutdown));
        foreach (string index in Directory.GetFiles(_directory.Path, "*" + LogFileNames.IndexSuffix))
            File.Delete(index);
        using var rebuilt = Open(options);
        AssertLookups(rebuilt, records, seed);
    }

    [Fact]
    public void A_batch_that_cannot_be_decoded_is_found_by_its_header()
    {
        using var log = Open(new LogOptions());
        log.Append(Batches.At(1000, "a"), Batches.Client);
        log.Append(Batches.WithCodec(Batches.At(2000, "b", "c", "d"), CompressionCodec.Zstd), Batches.Client);
        Assert.Equal((2000, 1), log.FindByTimestamp(1500));
        Assert.Equal((2002, 1), log.FindByTimestamp(2001));
        Assert.Equal((-1, -1), log.FindByTimestamp(2003));
    }

    [Fact]
    public void An_empty_log_has_no_record_at_any_time()
    {
        using var log = Open(new LogOptions());
        Assert.Equal((-1, -1), log.FindByTimestamp(0));
        Assert.Equal((0, 0, 0), (log.LogStartOffset, log.HighWatermark, log.LastStableOffset));
    }

    [Fact]
    public void Old_segments_go_by_age_and_the_active_one_is_closed_for_it()
    {
        using var log = Open(new LogOptions { RetentionMs = 1000 });
        log.Append(Batches.At(1, "old"), Batches.Client);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        log.ApplyRetention();
        Assert.Equal(0, log.LogStartOffset);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        log.ApplyRetention();
        Assert.Equal((1, 1, 0), (log.LogStartOffset, log.HighWatermark, log.SizeInBytes));
        Assert.Single(_directory.Names("*.log"));
        Assert.Equal(1, log.Append(Batches.At(1, "new"), Batches.Client).BaseOffset);
    }

    [Fact]
    public void An_idle_producer_is_forgotten_after_its_time_but_not_in_a_transaction()
    {
        using var log = Open(new LogOptions { ProducerIdExpirationMs = 1000 });
        log.Append(Batches.From(1, 0, 0, false, "a"), Batches.Client);
        log.Append(Batches.From(2, 0, 0, true, "a"), Batches.InTransaction);
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.ApplyRetention();
        Assert.Equal(ErrorCode.None, log.Append(Batches.From(1, 0, 5, false, "b"), Batches.Client).Error);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, log.Append(Batches.From(2, 0, 5, true, "b"), Batches.InTransaction).Error);
    }

    [Fact]
    public void Producers_without_number_are_held_to_the_limit()
    {
        using var log = Open(new LogOptions { MaxProducers = 20 });
        log.Append(Batches.From(1, 0, 0, true, "open"), Batches.InTransaction);
        for (int id = 2; id < 100; id++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(ErrorCode.None, log.Append(Batches.From(id, 0, 0, false, "a"), Batches.Client).Error);
        }
        Assert.True(log.HasOpenTransaction(1));
        Assert.True(log.Append(Batches.From(99, 0, 0, false, "a"), Batches.Client).Duplicate);
        Assert.False(log.Append(Batches.From(2, 0, 0, false, "a"), Batches.Client).Duplicate);
    }

    [Fact]
    public void Sequences_go_on_at_zero_past_the_largest()
    {
        using var log = Open(new LogOptions());
        log.Append(Batches.From(1, 0, int.MaxValue - 1, false, "a"), Batches.Client);
        Assert.Equal(ErrorCode.None, log.Append(Batches.From(1, 0, int.MaxValue, false, "b", "c"), Batches.Client).Error);
        Assert.True(log.Append(Batches.From(1, 0, int.MaxValue, false, "b", "c"), Batches.Client).Duplicate);
        Assert.Equal(ErrorCode.None, log.Append(Batches.From(1, 0, 1, false, "d"), Batches.Client).Error);
    }

    [Fact]
    public void A_marker_written_since_the_coordinator_was_asked_makes_its_answer_stale()
    {
        using var log = Open(new LogOptions());
        log.Append(Batches.From(1, 0, 0, true, "a"), Batches.InTransaction);
        long guard = log.TransactionGuard(1);
        log.AppendMarker(1, 0, commit: true, 0);
        var late = new AppendContext(Batches.ProduceVersion, PartitionInTransaction: true, guard);
        Assert.Equal(ErrorCode.InvalidTxnState, log.Append(Batches.From(1, 0, 1, true, "b"), late).Error);
        var asked = late with { TransactionGuard = log.TransactionGuard(1) };
        Assert.Equal(ErrorCode.None, log.Append(Batches.From(1, 0, 1, true, "b"), asked).Error);
    }

    [Fact]
    public void An_older_coordinator_is_fenced()
    {
        using var log = Open(new LogOptions());
        log.AppendMarker(1, 0, commit: true, 5);
        Assert.Equal(ErrorCode.TransactionCoordinatorFenced, log.AppendMarker(1, 0, commit: true, 4).Error);
    }

    private static void AssertLookups(PartitionLog log, List<(long Timestamp, long Offset)> records, int seed)
    {
        for (long time = 900; time < 1600; time += 3)
        {
            // In batches of one base time the records ascend, so the first by offset is the first of its batch that is late enough.
            var expected = records.Where(record => record.Timestamp >= time).DefaultIfEmpty((-1, -1)).First();
            Assert.True(expected == log.FindByTimestamp(time), $"seed {seed}, time {time}: {expected}, {log.FindByTimestamp(time)}");
        }
        for (long offset = 0; offset < log.HighWatermark; offset++)
        {
            var bytes = new ArrayBufferWriter<byte>();
            log.Read(offset, 1, atLeastOneBatch: true, IsolationLevel.ReadUncommitted, bytes);
            var batch = new RecordBatchView(bytes.WrittenSpan);
            Assert.True(batch.BaseOffset <= offset && offset <= batch.LastOffset, $"seed {seed}, offset {offset}");
        }
    }

    private PartitionLog Open(LogOptions options) => PartitionLog.Open(_directory.Path, options, _clock, NullLogger.Instance);
}
