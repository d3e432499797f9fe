using System.Buffers;
using FlowStream.Broker.Log;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class TornTailTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_prefix_of_the_file_opens_to_the_batches_that_are_whole_in_it()
    {
        string name = WriteSome(out byte[] all, out var frames);
        for (int length = 0; length <= all.Length; length++)
        {
            using var directory = new TemporaryDirectory();
            string path = Path.Combine(directory.Path, name);
            File.WriteAllBytes(path, all[..length]);
            using var log = Open(directory);
            int whole = frames.Where(frame => frame.Start + frame.Length <= length).Sum(frame => frame.Length);
            Assert.Equal(all[..whole], Batches.ReadAll(log));
            Assert.Equal(whole, new FileInfo(path).Length);
            AppendsGoOn(log);
        }
    }

    [Fact]
    public void A_broken_byte_anywhere_costs_its_batch_and_what_follows_and_nothing_before()
    {
        string name = WriteSome(out byte[] all, out var frames);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int position = 0; position < all.Length; position++)
        {
            byte[] damaged = [.. all];
            damaged[position] ^= (byte)random.Next(1, 256);
            using var directory = new TemporaryDirectory();
            File.WriteAllBytes(Path.Combine(directory.Path, name), damaged);
            using var log = Open(directory);
            var (start, _) = frames.Last(frame => frame.Start <= position);
            byte[] left = Batches.ReadAll(log);
            // Base offset and leader epoch are outside the CRC: a larger base offset and another epoch read as if they had been written so.
            bool outsideCrc = position - start
                is < RecordBatchLayout.Length or (>= RecordBatchLayout.PartitionLeaderEpoch and < RecordBatchLayout.Magic);
            Assert.True(
                left.AsSpan().SequenceEqual(all.AsSpan(0, start)) || (outsideCrc && left.AsSpan().StartsWith(all.AsSpan(0, start))),
                $"seed {seed}, position {position}");
        }
    }

    [Fact]
    public void A_transaction_whose_marker_was_torn_off_is_open_again()
    {
        using (var log = Open(_directory))
        {
            log.Append(Batches.From(7, 0, 0, true, "a"), Batches.InTransaction);
            log.AppendMarker(7, 0, commit: false, 0);
            Assert.Equal(2, log.LastStableOffset);
        }
        string path = Path.Combine(_directory.Path, _directory.Names("*.log").Single());
        byte[] all = File.ReadAllBytes(path);
        File.WriteAllBytes(path, all[..^1]);
        using var opened = Open(_directory);
        Assert.True(opened.HasOpenTransaction(7));
        Assert.Equal((1, 0), (opened.HighWatermark, opened.LastStableOffset));
        opened.AppendMarker(7, 0, commit: true, 0);
        Assert.Equal(2, opened.LastStableOffset);
    }

    [Fact]
    public void Damaged_side_files_are_built_again_from_the_segments()
    {
        var options = new LogOptions { SegmentBytes = 300, IndexIntervalBytes = 50 };
        byte[] all;
        using (var log = Open(_directory, options))
        {
            for (int i = 0; i < 20; i++)
            {
                log.Append(Batches.From(7, 0, i, true, $"value {i}"), Batches.InTransaction);
                log.AppendMarker(7, 0, commit: i % 3 > 0, 0);
            }
            all = Batches.ReadAll(log);
        }
        foreach (string name in _directory.Names("*").Where(name => !name.EndsWith(".log", StringComparison.Ordinal)))
        {
            using var copy = _directory.CopyAsIs();
            string path = Path.Combine(copy.Path, name);
            byte[] bytes = File.ReadAllBytes(path);
            bytes[bytes.Length / 2] ^= 0x10;
            File.WriteAllBytes(path, bytes);
            using var opened = Open(copy, options);
            Assert.Equal(all, Batches.ReadAll(opened));
            Assert.Equal(40, opened.LastStableOffset);
            Assert.True(opened.Append(Batches.From(7, 0, 19, true, "value 19"), Batches.InTransaction).Duplicate, name);
            var first = opened.Read(0, 1, true, IsolationLevel.ReadCommitted, new ArrayBufferWriter<byte>());
            Assert.Equal(7, first.AbortedTransactions!.Single().ProducerId);
        }
    }

    private static void AppendsGoOn(PartitionLog log)
    {
        long end = log.HighWatermark;
        Assert.Equal(end, log.Append(Batches.Plain("after"), Batches.Client).BaseOffset);
        Assert.Equal("after", Batches.Values(Batches.ReadAll(log, end)).Single().Value);
    }

    private string WriteSome(out byte[] all, out List<(int Start, int Length)> frames)
    {
        using (var log = Open(_directory))
        {
            log.Append(Batches.Plain("first", "second"), Batches.Client);
            log.Append(Batches.From(7, 0, 0, true, "third"), Batches.InTransaction);
            log.Append(Batches.Gzip(Batches.Plain("fourth")), Batches.Client);
            log.AppendMarker(7, 0, commit: false, 0);
            log.Append(Batches.Plain("fifth"), Batches.Client);
            all = Batches.ReadAll(log);
        }
        frames = Batches.Frames(all);
        return _directory.Names("*.log").Single();
    }

    private PartitionLog Open(TemporaryDirectory directory, LogOptions? options = null) =>
        PartitionLog.Open(directory.Path, options ?? new LogOptions(), _clock, NullLogger.Instance);
}
