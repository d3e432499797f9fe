using System.Buffers;
using FlowStream.Parsing;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class RestoreTests
{
    private const long T = JoinDriver.Epoch;

    private readonly SessionEvent _event = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restored_join_goes_on_as_the_lost_one_would_have(bool fromSnapshot) => Properties.WithSeed(seed =>
    {
        for (int round = 0; round < 25; round++)
        {
            var random = new Random(unchecked((int)seed + round));
            List<(Message, long)> arrivals = Arrivals(random);
            // The same cuts in both runs: what is written at a commit depends on where commits lie, not on restarts.
            bool[] commits = [.. arrivals.Select(_ => random.Next(20) == 0)];
            (Recorder output, RowStore rows) = Run(arrivals, commits, restart: null);
            (Recorder restartedOutput, RowStore restartedRows) = Run(arrivals, commits, fromSnapshot ? FromSnapshot : FromRows);
            Assert.Equal(output.Log, restartedOutput.Log);
            Assert.Equal(rows.Dump(), restartedRows.Dump());
            Assert.Equal(rows.Log.Count, restartedRows.Log.Count);
        }
    });

    [Fact]
    public void What_leaves_a_join_does_not_depend_on_its_hash_seed() => Properties.WithSeed(seed =>
    {
        List<(Message Message, long Received)> arrivals = Arrivals(new Random(unchecked((int)seed)));
        bool[] commits = [.. arrivals.Select((_, at) => at % 20 == 0)];
        List<byte[]> snapshots = [], otherSnapshots = [];
        (Recorder output, RowStore rows) = Run(arrivals, commits, Keeping(snapshots), hashSeed: 1);
        (Recorder otherOutput, RowStore otherRows) = Run(arrivals, commits, Keeping(otherSnapshots), hashSeed: seed);
        Assert.Equal(output.Log, otherOutput.Log);
        Assert.Equal(Text(rows), Text(otherRows));
        Assert.Equal(snapshots, otherSnapshots);
        Assert.True(snapshots.Count > 1);

        static IEnumerable<string> Text(RowStore rows) =>
            rows.Log.Select(row => $"{Convert.ToHexString(row.Key)}={Convert.ToHexString(row.Value)}");

        static Func<SessionJoin, RowStore, SessionJoin> Keeping(List<byte[]> snapshots) => (join, _) =>
        {
            snapshots.Add(Snapshot(join));
            return join;
        };
    });

    [Fact]
    public void A_session_begun_and_forgotten_within_one_commit_has_no_row()
    {
        JoinDriver driver = new JoinDriver().Send(new Message(EventTag.RtFlowSessionClose, T) { Elapsed = 1, Reason = "TCP FIN" }).End();
        var rows = new RowStore();
        driver.Join.CollectChanges(rows);
        Assert.Single(rows.Rows);
        Assert.Single(driver.Output.Sessions);
    }

    [Fact]
    public void A_forgotten_session_leaves_a_tombstone()
    {
        JoinDriver driver = new JoinDriver().Send(new Message(EventTag.RtFlowSessionCreate, T));
        var rows = new RowStore();
        driver.Join.CollectChanges(rows);
        Assert.Equal(2, rows.Rows.Count);
        driver.End().Join.CollectChanges(rows);
        Assert.Single(rows.Rows);
        var restored = Empty();
        foreach ((byte[] key, byte[] value) in rows.Log) restored.RestoreRow(key, value);
        Assert.Equal(0, restored.OpenSessions + restored.RememberedSessions);
        Assert.Equal(driver.Join.StreamTime, restored.StreamTime);
    }

    [Fact]
    public void What_only_time_did_has_no_row_and_is_done_again_without_results()
    {
        var close = new Message(EventTag.RtFlowSessionClose, T) { Elapsed = 1, Reason = "TCP FIN" };
        JoinDriver driver = new JoinDriver().Send(close);
        var rows = new RowStore();
        driver.Join.CollectChanges(rows);
        int written = rows.Log.Count;
        driver.Advance(T + 10_000).Join.CollectChanges(rows);
        Assert.Single(driver.Output.Sessions);
        Assert.Equal(written + 1, rows.Log.Count);
        SessionJoin restored = FromRows(driver.Join, rows);
        var output = new Recorder();
        restored.AdvanceTime(restored.StreamTime, output);
        Assert.Empty(output.Log);
        Assert.Equal((0, 1), (restored.OpenSessions, restored.RememberedSessions));
        restored.Apply((close with { Reason = "TCP RST", Time = T + 1 }).Parse(_event), T + 10_000, default, driver.Output);
        Assert.Equal([0, 1], driver.Output.Sessions.Select(record => record.Revision));
        Assert.Single(driver.Output.Sessions.Select(record => record.Key).Distinct());
    }

    [Fact]
    public void Nothing_is_written_when_nothing_changed()
    {
        JoinDriver driver = new JoinDriver().Send(new Message(EventTag.RtFlowSessionCreate, T));
        driver.Join.CollectChanges(new RowStore());
        var rows = new RowStore();
        driver.Join.CollectChanges(rows);
        Assert.Empty(rows.Log);
    }

    [Fact]
    public void Every_prefix_and_every_damaged_byte_of_a_row_is_refused_or_read_but_never_worse() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        RowStore rows = Run(Arrivals(random)[..40], [.. Enumerable.Repeat(true, 40)], restart: null).Rows;
        foreach ((byte[] key, byte[] value) in rows.Log.Where(r => r.Value.Length > 8).Take(20))
        {
            for (int length = 1; length < value.Length; length++)
                Assert.Throws<InvalidDataException>(() => Empty().RestoreRow(key, value.AsSpan(0, length)));
            for (int at = 0; at < key.Length; at += 3) TryRestore(Damage(key, at, random), value);
            for (int at = 0; at < value.Length; at++) TryRestore(key, Damage(value, at, random));
        }
    });

    [Fact]
    public void A_damaged_snapshot_is_refused_and_leaves_the_join_empty() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        JoinDriver driver = new();
        foreach ((Message message, long received) in Arrivals(random)[..30]) driver.Send(message, received);
        byte[] snapshot = Snapshot(driver.Join);
        var join = Empty();
        for (int length = 0; length < snapshot.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => join.ReadSnapshot(snapshot.AsSpan(0, length)));
            Assert.Equal(0, join.OpenSessions + join.RememberedSessions);
        }
        join.ReadSnapshot(snapshot);
        Assert.Equal(driver.Join.OpenSessions, join.OpenSessions);
        Assert.Equal(driver.Join.NextTimer == long.MaxValue, join.NextTimer == long.MaxValue);
    });

    private static void TryRestore(byte[] key, byte[] value)
    {
        var join = Empty();
        try
        {
            join.RestoreRow(key, value);
        }
        catch (InvalidDataException)
        {
            Assert.Equal(0, join.OpenSessions + join.RememberedSessions);
            return;
        }
        // What passes for a row must also work as a session.
        join.AdvanceTime(long.MaxValue / 2, new Recorder());
    }

    private static byte[] Damage(byte[] bytes, int at, Random random)
    {
        byte[] damaged = [.. bytes];
        damaged[at] ^= (byte)random.Next(1, 256);
        return damaged;
    }

    private static List<(Message Message, long Received)> Arrivals(Random random)
    {
        var history = new History(random) { Faults = 0.1, MaxUpdates = 12, MaxParts = 3 };
        List<Message> messages = [];
        for (int identity = 0; identity < 25; identity++)
            messages.AddRange(history.Chain(identity, random.Next(1, 4), T + random.Next(400_000)));
        return history.Arrivals(messages, 60_000);
    }

    private (Recorder Output, RowStore Rows) Run(
        List<(Message Message, long Received)> arrivals,
        bool[] commits,
        Func<SessionJoin, RowStore, SessionJoin>? restart,
        ulong hashSeed = 1)
    {
        var join = new SessionJoin(new SessionOptions(), hashSeed);
        var output = new Recorder();
        var rows = new RowStore();
        for (int i = 0; i < arrivals.Count; i++)
        {
            join.Apply(arrivals[i].Message.Parse(_event), arrivals[i].Received, "203.0.113.1"u8, output);
            join.AdvanceTime(arrivals[i].Received - 1000, output);
            if (!commits[i]) continue;
            join.CollectChanges(rows);
            if (restart is null) continue;
            join = restart(join, rows);
            join.AdvanceTime(join.StreamTime, output);
        }
        join.AdvanceTime(T + 90_000_000, output);
        join.CollectChanges(rows);
        return (output, rows);
    }

    // A process that takes over a state has drawn another seed.
    private static SessionJoin Empty() => new(new SessionOptions(), hashSeed: 2);

    private static SessionJoin FromRows(SessionJoin lost, RowStore rows)
    {
        var join = Empty();
        foreach ((byte[] key, byte[] value) in rows.Log) join.RestoreRow(key, value);
        return join;
    }

    private static SessionJoin FromSnapshot(SessionJoin lost, RowStore rows)
    {
        var join = Empty();
        join.ReadSnapshot(Snapshot(lost));
        return join;
    }

    private static byte[] Snapshot(SessionJoin join)
    {
        var bytes = new ArrayBufferWriter<byte>();
        join.WriteSnapshot(bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
