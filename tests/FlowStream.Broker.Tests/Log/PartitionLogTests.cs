using System.Buffers;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class PartitionLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Batches_come_back_byte_for_byte_with_their_offsets_patched()
    {
        using var log = Open();
        byte[] first = Batches.Plain("a", "b");
        byte[] second = Batches.Gzip(Batches.Plain("c", "d", "e"));
        Assert.Equal(0, log.Append(first, Batches.Client).BaseOffset);
        Assert.Equal(2, log.Append(second, Batches.Client).BaseOffset);
        Assert.Equal(5, log.HighWatermark);
        Assert.Equal([.. first, .. second], Batches.ReadAll(log));
        Assert.Equal([(0, "a"), (1, "b"), (2, "c"), (3, "d"), (4, "e")], Batches.Values(Batches.ReadAll(log)));
    }

    [Fact]
    public void A_read_begins_with_the_batch_that_contains_the_offset()
    {
        using var log = Open();
        log.Append(Batches.Plain("a", "b"), Batches.Client);
        log.Append(Batches.Plain("c", "d"), Batches.Client);
        Assert.Equal([(2, "c"), (3, "d")], Batches.Values(Batches.ReadAll(log, from: 3)));
        Assert.Empty(Batches.ReadAll(log, from: 4));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_offset_outside_the_log_is_out_of_range(long offset)
    {
        using var log = Open();
        log.Append(Batches.Plain("a", "b"), Batches.Client);
        var result = log.Read(offset, 1000, true, IsolationLevel.ReadUncommitted, new ArrayBufferWriter<byte>());
        Assert.Equal(ErrorCode.OffsetOutOfRange, result.Error);
        Assert.Equal(2, result.HighWatermark);
    }

    [Fact]
    public void The_first_batch_is_read_even_when_larger_than_the_bound_and_only_when_asked()
    {
        using var log = Open();
        byte[] batch = Batches.Plain(new string('x', 5000));
        log.Append(batch, Batches.Client);
        log.Append(Batches.Plain("y"), Batches.Client);
        var destination = new ArrayBufferWriter<byte>();
        Assert.Equal(0, log.Read(0, 100, false, IsolationLevel.ReadUncommitted, destination).BytesWritten);
        Assert.Equal(batch.Length, log.Read(0, 100, true, IsolationLevel.ReadUncommitted, destination).BytesWritten);
        Assert.Equal(batch, destination.WrittenSpan.ToArray());
    }

    [Fact]
    public void The_log_append_time_is_stamped_and_the_crc_renewed()
    {
        using var log = Open(new LogOptions { TimestampType = TimestampType.LogAppendTime });
        byte[] batch = Batches.Plain("a", "b");
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(now, log.Append(batch, Batches.Client).LogAppendTime);
        var stored = new RecordBatchView(Batches.ReadAll(log));
        Assert.True(stored.IsLogAppendTime);
        Assert.Equal(now, stored.MaxTimestamp);
        Assert.Equal(stored.ComputeCrc(), stored.Crc);
        Assert.Equal((now, 0), log.FindByTimestamp(now));
    }

    [Fact]
    public void Readers_are_told_after_each_append_and_marker()
    {
        using var log = Open();
        var seen = new List<(long, long)>();
        log.Advanced += () => seen.Add((log.HighWatermark, log.LastStableOffset));
        log.Append(Batches.From(7, 0, 0, true, "a"), Batches.InTransaction);
        log.Append(Batches.Plain("b"), Batches.Client);
        log.AppendMarker(7, 0, commit: true, 0);
        Assert.Equal([(1, 0), (2, 0), (3, 3)], seen);
    }

    [Fact]
    public void Segments_roll_by_size_and_by_age_and_read_as_one_log()
    {
        using var log = Open(new LogOptions { SegmentBytes = 400, SegmentMs = 1000 });
        for (int i = 0; i < 10; i++)
            log.Append(Batches.Plain($"value {i} {new string('x', 60)}"), Batches.Client);
        int bySize = _directory.Names("*.log").Length;
        Assert.InRange(bySize, 3, 6);
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.Append(Batches.Plain("late"), Batches.Client);
        Assert.Equal(bySize + 1, _directory.Names("*.log").Length);
        Assert.Equal(11, Batches.Values(Batches.ReadAll(log)).Count);
    }

    [Fact]
    public void A_closed_log_answers_and_does_not_throw()
    {
        var log = Open();
        log.Append(Batches.Plain("a"), Batches.Client);
        log.Dispose();
        log.Dispose();
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, log.Append(Batches.Plain("b"), Batches.Client).Error);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, log.AppendMarker(1, 0, true, 0).Error);
        Assert.Equal(
            ErrorCode.UnknownTopicOrPartition,
            log.Read(0, 100, true, IsolationLevel.ReadUncommitted, new ArrayBufferWriter<byte>()).Error);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, log.DeleteRecordsBefore(0));
        Assert.False(log.Flush());
        log.ApplyRetention();
        log.Compact();
    }

    [Fact]
    public void A_deleted_log_leaves_nothing_behind()
    {
        string inner = Path.Combine(_directory.Path, "topic-0");
        var log = PartitionLog.Open(inner, new LogOptions(), _clock, NullLogger.Instance);
        log.Append(Batches.Plain("a"), Batches.Client);
        log.Delete();
        Assert.False(Directory.Exists(inner));
    }

    [Fact]
    public void Replay_hands_out_every_record_from_an_offset_with_markers()
    {
        using var log = Open();
        log.Append(Batches.From(7, 0, 0, true, "a", "b"), Batches.InTransaction);
        log.AppendMarker(7, 0, commit: true, 3);
        log.Append(Batches.Gzip(Batches.Plain("c")), Batches.Client);
        log.Append(Batches.WithCodec(Batches.Plain("d"), CompressionCodec.Zstd), Batches.Client);
        var seen = new List<(long, bool, bool)>();
        int passedOver = log.Replay(1, (in LogRecord record) => seen.Add((record.Offset, record.IsControl, record.IsCommitMarker)));
        Assert.Equal([(1, false, false), (2, true, true), (3, false, false)], seen);
        Assert.Equal(1, passedOver);
    }

    private PartitionLog Open(LogOptions? options = null) =>
        PartitionLog.Open(_directory.Path, options ?? new LogOptions(), _clock, NullLogger.Instance);
}
