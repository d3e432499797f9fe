using System.Text;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class CompactionTests(ITestOutputHelper output)
{
    private static readonly LogOptions Options = new()
    {
        SegmentBytes = 700,
        IndexIntervalBytes = 100,
        CleanupPolicy = CleanupPolicy.Compact,
        MinCleanableDirtyRatio = 0,
        DeleteRetentionMs = 1000,
    };

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_a_reader_ends_up_with_is_the_last_committed_value_of_each_key()
    {
        int start = Random.Shared.Next(1 << 30);
        output.WriteLine($"seeds {start}..{start + 11}");
        for (int seed = start; seed < start + 12; seed++)
        {
            using var directory = new TemporaryDirectory();
            var random = new Random(seed);
            var options = Options with { MaxCompactionKeys = random.Next(2, 40) };
            var log = Open(directory, options);
            var expected = new Dictionary<string, string?>();
            for (int round = 0; round < 6; round++)
            {
                Fill(log, random, expected, 30);
                log.Compact();
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1500)));
                if (random.Next(3) == 0)
                {
                    log.Dispose();
                    log = Open(directory, options);
                }
                AssertState(log, expected, $"seed {seed}, round {round}");
            }
            log.Dispose();
        }
    }

    [Fact]
    public void Old_values_go_and_the_newest_stay_at_their_offsets()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, Options);
        for (int i = 0; i < 50; i++)
            log.Append(Batches.Keyed(i, ($"key {i % 3}", $"value {i}")), Batches.Client);
        long before = log.SizeInBytes;
        long active = long.Parse(LastLog(directory)[..20], null);
        log.Compact();
        Assert.InRange(log.SizeInBytes, 1, before / 2);
        var left = Batches.Values(Batches.ReadAll(log));
        Assert.All(left, record => Assert.Equal($"value {record.Offset}", record.Value));
        Assert.Equal(Enumerable.Range((int)active - 3, 53 - (int)active).Select(i => (long)i), left.Select(record => record.Offset));
        Assert.Equal(50, log.HighWatermark);
    }

    [Fact]
    public void A_tombstone_stays_for_its_time_and_then_goes_with_its_key()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, Options with { SegmentMs = 1 });
        log.Append(Batches.Keyed(1, ("gone", "value")), Batches.Client);
        log.Append(Batches.Keyed(2, ("gone", null), ("stays", "value")), Batches.Client);
        Compact(log);
        Assert.Equal([1, 2], Offsets(log));
        Compact(log);
        Assert.Equal([1, 2], Offsets(log));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Compact(log);
        Assert.Equal([2], Offsets(log));
        Assert.Equal((3, 2), log.FindByTimestamp(3));
    }

    [Fact]
    public void A_tombstone_stays_while_a_batch_before_it_cannot_be_decoded()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, Options with { SegmentMs = 1 });
        log.Append(Batches.WithCodec(Batches.Keyed(1, ("gone", "value")), CompressionCodec.Lz4), Batches.Client);
        log.Append(Batches.Keyed(2, ("gone", null)), Batches.Client);
        for (int i = 0; i < 4; i++)
        {
            Compact(log);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        var frames = Batches.Frames(Batches.ReadAll(log));
        Assert.Equal(3, frames.Count);
    }

    [Fact]
    public void Aborted_data_goes_first_and_its_marker_and_index_entry_later_and_together()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, Options with { SegmentMs = 1 });
        log.Append(Batches.From(7, 0, 0, true, "aborted"), Batches.InTransaction);
        log.AppendMarker(7, 0, commit: false, 0);
        log.Append(Batches.From(7, 0, 1, true, "committed"), Batches.InTransaction);
        log.AppendMarker(7, 0, commit: true, 0);
        Compact(log);
        Assert.Equal([1, 2, 3], TransactionalBases(log));
        Assert.Equal([(7, 0, 1)], Aborted(log));
        Compact(log);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([(7, 0, 1)], Aborted(log));
        Compact(log);
        Assert.Equal([2, 3], TransactionalBases(log));
        Assert.Empty(Aborted(log));
    }

    [Fact]
    public void The_last_sequence_of_a_producer_survives_the_loss_of_its_records_and_of_all_side_files()
    {
        using var directory = new TemporaryDirectory();
        using (var log = Open(directory, Options with { SegmentMs = 1 }))
        {
            log.Append(Batches.From(7, 0, 0, false, "a"), Batches.Client);
            log.Append(Batches.From(7, 0, 1, false, "b"), Batches.Client);
            log.Append(Batches.Keyed(1, ("k", "newest")), Batches.Client);
            Compact(log);
            Assert.Equal([2], Offsets(log));
        }
        foreach (string name in directory.Names("*").Where(name => !name.EndsWith(".log", StringComparison.Ordinal)))
            File.Delete(Path.Combine(directory.Path, name));
        using var opened = Open(directory, Options);
        Assert.True(opened.Append(Batches.From(7, 0, 1, false, "b"), Batches.Client).Duplicate);
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, opened.Append(Batches.From(7, 0, 3, false, "c"), Batches.Client).Error);
        Assert.Equal(ErrorCode.None, opened.Append(Batches.From(7, 0, 2, false, "c"), Batches.Client).Error);
    }

    [Fact]
    public void A_death_at_any_change_of_a_compaction_leaves_the_same_state()
    {
        for (int failAt = 1; ; failAt++)
        {
            using var directory = new TemporaryDirectory();
            var expected = new Dictionary<string, string?>();
            using (var log = Open(directory, Options))
                Fill(log, new Random(3), expected, 15);
            var files = new FaultyLogFiles(failAt, dies: true);
            // Opening changes the directory too: a death there is the same case as any other.
            try
            {
                using var dying = PartitionLog.Open(directory.Path, Options, _clock, NullLogger.Instance, files);
                dying.Compact();
                AssertState(dying, expected, $"change {failAt}, while dying");
            }
            catch (IOException)
            {
                Assert.True(files.HasFailed);
            }
            using (var opened = Open(directory, Options))
            {
                AssertState(opened, expected, $"change {failAt}");
                opened.Compact();
                AssertState(opened, expected, $"change {failAt}, compacted again");
            }
            Assert.Empty(directory.Names("*.swap").Concat(directory.Names("*.cleaned")).Concat(directory.Names("*.tmp")));
            if (!files.HasFailed)
                break;
            Assert.InRange(failAt, 1, 500);
        }
    }

    [Fact]
    public void One_refused_change_of_a_compaction_leaves_a_log_that_works_on()
    {
        for (int failAt = 1; ; failAt++)
        {
            using var directory = new TemporaryDirectory();
            var expected = new Dictionary<string, string?>();
            var files = new FaultyLogFiles(-1, dies: false);
            var log = PartitionLog.Open(directory.Path, Options, _clock, NullLogger.Instance, files);
            Fill(log, new Random(4), expected, 15);
            files.Arm(failAt);
            log.Compact();
            AssertState(log, expected, $"change {failAt}");
            Fill(log, new Random(5), expected, 5);
            log.Compact();
            AssertState(log, expected, $"change {failAt}, once more");
            log.Dispose();
            using (var opened = Open(directory, Options))
                AssertState(opened, expected, $"change {failAt}, opened");
            if (!files.HasFailed)
                break;
            Assert.InRange(failAt, 1, 2000);
        }
    }

    [Fact]
    public void The_comparison_notices_a_value_that_is_not_the_newest()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, Options);
        var expected = new Dictionary<string, string?>();
        Fill(log, new Random(6), expected, 10);
        expected["key 1"] = "another value";
        Assert.ThrowsAny<Exception>(() => AssertState(log, expected, "planted"));
    }

    private static string LastLog(TemporaryDirectory directory) => directory.Names("*.log")[^1];

    /// <summary>Appends updates and deletions, some in transactions, and notes what a read_committed reader must end up with.</summary>
    private static void Fill(PartitionLog log, Random random, Dictionary<string, string?> expected, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            var records = Enumerable.Range(0, random.Next(1, 5))
                .Select(_ => (Key: $"key {random.Next(12)}", Value: random.Next(5) == 0 ? null : $"value {random.Next()}")).ToArray();
            bool transactional = random.Next(3) == 0;
            bool commit = !transactional || random.Next(2) == 0;
            // A new producer for each transaction: nobody has to remember the last sequence.
            long producerId = 1000 + log.HighWatermark;
            var builder = transactional
                ? new RecordBatchBuilder { ProducerId = producerId, ProducerEpoch = 0, BaseSequence = 0, IsTransactional = true }
                : new RecordBatchBuilder();
            byte[] batch = Batches.Build(builder, 1000 + i, [.. records.Select(r => ((string?)r.Key, r.Value))]);
            var result = log.Append(random.Next(4) == 0 ? Batches.Gzip(batch) : batch, Batches.InTransaction);
            if (result.Error == ErrorCode.KafkaStorageError)
                continue;
            Assert.Equal(ErrorCode.None, result.Error);
            // A marker refused by the disk is tried again, as a coordinator would.
            while (transactional && log.AppendMarker(producerId, 0, commit, 0).Error != ErrorCode.None)
            {
            }
            foreach (var (key, value) in records.Where(_ => commit))
                expected[key] = value;
        }
    }

    private static void AssertState(PartitionLog log, Dictionary<string, string?> expected, string when)
    {
        var state = new Dictionary<string, string?>();
        var aborted = Aborted(log).ToHashSet();
        log.Replay(0, (in LogRecord record) =>
        {
            long id = record.ProducerId;
            long offset = record.Offset;
            bool counts = !record.IsControl
                && !(record.IsTransactional
                    && aborted.Any(entry => entry.ProducerId == id && entry.First <= offset && offset <= entry.Last));
            if (counts)
                state[Encoding.UTF8.GetString(record.Key)] = record.ValueIsNull ? null : Encoding.UTF8.GetString(record.Value);
        });
        foreach (var (key, value) in expected)
            Assert.True(state.GetValueOrDefault(key) == value, $"{when}: {key} is {state.GetValueOrDefault(key)}, should be {value}");
        Assert.True(state.Keys.All(expected.ContainsKey), when);
    }

    private static List<(long ProducerId, long First, long Last)> Aborted(PartitionLog log)
    {
        var all = new HashSet<(long, long, long)>();
        for (long from = log.LogStartOffset; from < log.LastStableOffset;)
        {
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            var result = log.Read(from, 1 << 20, true, IsolationLevel.ReadCommitted, bytes);
            Assert.Equal(ErrorCode.None, result.Error);
            if (result.BytesWritten == 0)
                break;
            foreach (var entry in result.AbortedTransactions!)
                all.Add((entry.ProducerId, entry.FirstOffset, entry.LastOffset));
            var (start, length) = Batches.Frames(bytes.WrittenMemory)[^1];
            from = new RecordBatchView(bytes.WrittenSpan.Slice(start, length)).LastOffset + 1;
        }
        return [.. all.Order()];
    }

    /// <summary>Compacts all there is: what is active is closed by its age first, and something new makes it worth it.</summary>
    private void Compact(PartitionLog log)
    {
        log.Append(Batches.Keyed(9000, ("filler", "filler")), Batches.Client);
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        log.Compact();
    }

    private static long[] Offsets(PartitionLog log) =>
        [.. Batches.Values(Batches.ReadAll(log)).Where(record => record.Value != "filler").Select(record => record.Offset)];

    private static long[] TransactionalBases(PartitionLog log)
    {
        byte[] all = Batches.ReadAll(log);
        var batches = Batches.Frames(all).Select(frame =>
        {
            var batch = new RecordBatchView(all.AsSpan(frame.Start, frame.Length));
            return (batch.ProducerId, batch.BaseOffset);
        });
        return [.. batches.Where(batch => batch.ProducerId >= 0).Select(batch => batch.BaseOffset)];
    }

    private PartitionLog Open(TemporaryDirectory directory, LogOptions options) =>
        PartitionLog.Open(directory.Path, options, _clock, NullLogger.Instance);
}
