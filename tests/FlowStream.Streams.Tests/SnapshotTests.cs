using FlowStream.Streams.Driver;
using FlowStream.Streams.Tasks;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

public sealed class SnapshotTests : IDisposable
{
    private static readonly SnapshotHeader Header = new(new TaskPosition(17, 1_700_000_000_000, Guid.NewGuid()), 42);
    private static readonly TaskId Task = new("sums", 3);

    private readonly string _directory = Directory.CreateTempSubdirectory("flowstream-snapshots-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_000_000)]
    public void What_is_written_is_read_back(int length)
    {
        var state = new byte[length];
        new Random(1).NextBytes(state);
        var store = new FileSnapshotStore(_directory);
        store.Write(Task, Header, new BlobProcessor(state));
        Assert.True(store.TryRead(Task, out var header, out var read, out _));
        Assert.Equal(Header, header);
        Assert.True(state.AsSpan().SequenceEqual(read.Span));
    }

    [Fact]
    public void Every_prefix_of_a_snapshot_is_refused()
    {
        var file = Encode([1, 2, 3, 4, 5]);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.False(SnapshotFormat.TryRead(file.AsMemory(0, length), out _, out _, out var refusal));
            Assert.NotNull(refusal);
        }
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        var file = Encode([1, 2, 3, 4, 5]);
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SnapshotFormat.TryRead(damaged, out _, out _, out _), $"bit {bit}");
        }
    }

    [Fact]
    public void The_checksum_is_that_of_RFC_3720()
    {
        // RFC 3720 appendix B.4: 32 bytes of zeros.
        Assert.Equal(0x8A9136AAu, Crc32C.Finish(Crc32C.Append(Crc32C.Start, new byte[32])));
        var data = new byte[100];
        new Random(2).NextBytes(data);
        var whole = Crc32C.Append(Crc32C.Start, data);
        for (var split = 0; split <= data.Length; split++)
        {
            Assert.Equal(whole, Crc32C.Append(Crc32C.Append(Crc32C.Start, data.AsSpan(0, split)), data.AsSpan(split)));
        }
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_snapshot()
    {
        var store = new FileSnapshotStore(_directory);
        store.Write(Task, Header, new BlobProcessor([1, 2, 3]));
        Assert.Throws<IOException>(() => store.Write(Task, Header, new BlobProcessor(new byte[3_000_000], failAfter: true)));
        Assert.True(store.TryRead(Task, out _, out var state, out _));
        Assert.Equal([1, 2, 3], state.ToArray());
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("checksum")]
    [InlineData("version")]
    [InlineData("newer")]
    [InlineData("otherlog")]
    [InlineData("older")]
    [InlineData("missing")]
    public void A_snapshot_that_does_not_fit_the_log_changes_nothing_in_the_result(string damage)
    {
        var expected = SumInput.WithoutFaults(seed: 5, count: 400, partitions: 1);
        using var loggers = new TestLoggerFactory();
        using var driver = new TopologyDriver([SumProcessor.Stage()], Recoverable(), loggers);
        SumInput.Pipe(driver, seed: 5, count: 150);
        driver.Run();
        var disk = driver.Find("instance-0").Disk.Files;
        driver.AdvanceWallClock(TimeSpan.FromMilliseconds(1));
        var task = new TaskId("sums", 0);
        var old = disk[task];
        SumInput.Pipe(driver, seed: 5, count: 100, from: 150);
        driver.Run();
        driver.Crash("instance-0");
        Damage(disk, task, damage, old);
        driver.Restart("instance-0");
        SumInput.Pipe(driver, seed: 5, count: 150, from: 250);
        driver.Flush();
        Assert.Equal(expected, SumInput.Committed(driver));
        Assert.Equal(damage is not ("older" or "missing"), loggers.Lines.Any(line => line.Message.Contains("snapshot not used")));
    }

    [Fact]
    public void A_snapshot_that_fits_saves_the_replay()
    {
        using var loggers = new TestLoggerFactory();
        using var driver = new TopologyDriver([SumProcessor.Stage()], Recoverable(), loggers);
        SumInput.Pipe(driver, seed: 5, count: 300);
        driver.Run();
        driver.Crash("instance-0");
        driver.Restart("instance-0");
        driver.Run();
        Assert.Contains(loggers.Lines, line => line.Message.Contains("restored: snapshot True, 0 changelog rows"));
    }

    private static void Damage(Dictionary<TaskId, byte[]> disk, TaskId task, string damage, byte[] old)
    {
        var file = disk[task];
        SnapshotFormat.TryRead(file, out var header, out var state, out _);
        var blob = new BlobProcessor(state.ToArray());
        switch (damage)
        {
            case "torn":
                disk[task] = file[..(file.Length / 2)];
                break;
            case "checksum":
                file[^20] ^= 1;
                break;
            case "version":
                file[4]++;
                break;
            case "newer":
                disk[task] = Encode(state.ToArray(), header with { ChangelogOffset = header.ChangelogOffset + 1 });
                break;
            case "otherlog":
                // Of a changelog that was deleted: its offsets fit by chance, its id and state do not.
                var position = header.Position with { ChangelogId = Guid.NewGuid(), InputOffset = 3 };
                disk[task] = Encode([], new SnapshotHeader(position, ChangelogOffset: 1));
                break;
            case "older":
                disk[task] = old;
                break;
            default:
                disk.Remove(task);
                break;
        }
    }

    private static byte[] Encode(byte[] state, SnapshotHeader? header = null)
    {
        using var file = new MemoryStream();
        SnapshotFormat.Write(file, header ?? Header, new BlobProcessor(state));
        return file.ToArray();
    }

    private static TopologyDriverOptions Recoverable() => new()
    {
        Recoverable = true,
        Streams = new StreamsOptions
        {
            ApplicationId = "driver",
            BootstrapServers = "in-process",
            StateDirectory = "in-memory",
            MaxTimestampLead = null,
            CommitRecords = 50,
            SnapshotInterval = TimeSpan.Zero,
        },
    };
}
