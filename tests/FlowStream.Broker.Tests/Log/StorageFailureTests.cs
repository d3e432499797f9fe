using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Log;

public sealed class StorageFailureTests
{
    private static readonly LogOptions Options = new() { SegmentBytes = 500, IndexIntervalBytes = 50, RetentionBytes = 1500 };
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_full_disk_refuses_appends_and_readers_and_later_appends_do_not_notice()
    {
        using var directory = new TemporaryDirectory();
        var files = new FaultyLogFiles(-1, dies: false);
        using (var log = Open(directory, files))
        {
            log.Append(Batches.From(7, 0, 0, true, "a"), Batches.InTransaction);
            files.Refusing = true;
            for (int i = 0; i < 20; i++)
            {
                byte[] refused = Batches.From(7, 0, 1, true, new string('b', i * 20));
                Assert.Equal(ErrorCode.KafkaStorageError, log.Append(refused, Batches.InTransaction).Error);
                Assert.Equal(ErrorCode.KafkaStorageError, log.AppendMarker(7, 0, commit: true, 0).Error);
                Assert.Equal([(0, "a")], Batches.Values(Batches.ReadAll(log)));
                Assert.Equal((1, 0), (log.HighWatermark, log.LastStableOffset));
            }
            log.ApplyRetention();
            log.Compact();
            files.Refusing = false;
            Assert.Equal(1, log.Append(Batches.From(7, 0, 1, true, "c"), Batches.InTransaction).BaseOffset);
            Assert.Equal(2, log.AppendMarker(7, 0, commit: true, 0).BaseOffset);
        }
        File.Delete(Path.Combine(directory.Path, LogFileNames.CleanShutdown));
        using var opened = Open(directory, new LogFiles());
        Assert.Equal([(0, "a"), (1, "c")], Batches.Values(Batches.ReadAll(opened)));
        Assert.Equal(3, opened.LastStableOffset);
    }

    [Fact]
    public void One_refused_change_anywhere_loses_nothing_acknowledged_and_the_log_works_on()
    {
        for (int failAt = 1; ; failAt++)
        {
            using var directory = new TemporaryDirectory();
            var files = new FaultyLogFiles(failAt, dies: false);
            var log = TryOpen(directory, files) ?? Open(directory, files);
            var acknowledged = Drive(log);
            var last = log.Append(Batches.Plain("last"), Batches.Client);
            if (last.Error == ErrorCode.KafkaStorageError)
                last = log.Append(Batches.Plain("last"), Batches.Client);
            Assert.Equal(ErrorCode.None, last.Error);
            AssertHolds(log, acknowledged, failAt);
            log.Dispose();
            using (var opened = Open(directory, new LogFiles()))
                AssertHolds(opened, acknowledged, failAt);
            if (!files.HasFailed)
                break;
            Assert.InRange(failAt, 1, 2000);
        }
    }

    [Fact]
    public void A_death_at_any_change_loses_nothing_acknowledged()
    {
        for (int failAt = 1; ; failAt++)
        {
            using var directory = new TemporaryDirectory();
            var files = new FaultyLogFiles(failAt, dies: true);
            using var log = TryOpen(directory, files);
            var acknowledged = log is null ? [] : Drive(log);
            using (var opened = Open(directory, new LogFiles()))
            {
                AssertHolds(opened, acknowledged, failAt);
                Assert.Equal(ErrorCode.None, opened.Append(Batches.Plain("last"), Batches.Client).Error);
            }
            if (!files.HasFailed)
                break;
            Assert.InRange(failAt, 1, 2000);
        }
    }

    [Fact]
    public void The_check_for_lost_records_notices_one()
    {
        using var directory = new TemporaryDirectory();
        using var log = Open(directory, new LogFiles());
        var acknowledged = Drive(log);
        acknowledged.Add((log.HighWatermark, "never written"));
        Assert.ThrowsAny<Exception>(() => AssertHolds(log, acknowledged, 0));
    }

    /// <summary>Appends, transactions, rolls, retention; returns what was acknowledged.</summary>
    private static List<(long Offset, string Value)> Drive(PartitionLog log)
    {
        var acknowledged = new List<(long, string)>();
        int sequence = 0;
        for (int i = 0; i < 30; i++)
        {
            string value = $"value {i} {new string('x', i * 7 % 50)}";
            var result = log.Append(Batches.From(7, 0, sequence, true, value), Batches.InTransaction);
            if (result.Error == ErrorCode.None)
            {
                acknowledged.Add((result.BaseOffset, value));
                sequence++;
            }
            else
            {
                Assert.Equal(ErrorCode.KafkaStorageError, result.Error);
            }
            if (i % 4 == 3)
                log.AppendMarker(7, 0, commit: i % 8 == 3, 0);
            if (i % 10 == 9)
                log.ApplyRetention();
        }
        return acknowledged;
    }

    private static void AssertHolds(PartitionLog log, List<(long Offset, string Value)> acknowledged, int failAt)
    {
        var held = Batches.Values(Batches.ReadAll(log)).ToDictionary(record => record.Offset, record => record.Value);
        foreach (var (offset, value) in acknowledged.Where(record => record.Offset >= log.LogStartOffset))
            Assert.True(
                held.TryGetValue(offset, out string? found) && found == value,
                $"change {failAt}: offset {offset} should be {value}");
    }

    private PartitionLog? TryOpen(TemporaryDirectory directory, ILogFiles files)
    {
        try
        {
            return Open(directory, files);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private PartitionLog Open(TemporaryDirectory directory, ILogFiles files) =>
        PartitionLog.Open(directory.Path, Options, _clock, NullLogger.Instance, files);
}
