using System.Text;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.State;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests;

public sealed class AccountTests
{
    private const long T = JoinDriver.Epoch;

    [Fact]
    public void What_was_begun_is_open_or_ended_whatever_comes_and_whenever_the_state_is_restored() => Properties.WithSeed(seed =>
    {
        for (int round = 0; round < 30; round++)
        {
            var random = new Random(unchecked((int)seed + round));
            var history = new History(random) { Faults = 0.1, MaxParts = 2 };
            List<Message> messages = [];
            for (int identity = 0; identity < 30; identity++)
                messages.AddRange(history.Chain(identity, random.Next(1, 5), T + random.Next(400_000)));
            var parsed = new SessionEvent();
            var join = new SessionJoin(new SessionOptions(), hashSeed: 1);
            var output = new Recorder();
            var rows = new RowStore();
            foreach ((Message message, long received) in history.Arrivals(messages, 60_000))
            {
                join.Apply(message.Parse(parsed), received, "203.0.113.1"u8, output);
                join.AdvanceTime(received, output);
                if (random.Next(8) == 0) AssertBalanced(join);
                if (random.Next(40) != 0) continue;
                join.CollectChanges(rows);
                int open = join.OpenSessions;
                join = new SessionJoin(new SessionOptions(), hashSeed: 2);
                foreach ((byte[] key, byte[] value) in rows.Log) join.RestoreRow(key, value);
                join.AdvanceTime(join.StreamTime, output);
                Assert.Equal(open, join.Counters.Devices.All.Sum(account => account.Carried));
                AssertBalanced(join);
            }
            join.AdvanceTime(T + 90_000_000, output);
            AssertBalanced(join);
            Assert.Equal(0, join.Counters.Devices.All.Sum(account => account.Open));
        }
    });

    [Fact]
    public void Without_a_restart_the_accounts_are_those_of_the_last_records() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var history = new History(random);
        IEnumerable<Message> messages = Enumerable.Range(0, 300)
            .SelectMany(i => history.Chain(i, random.Next(1, 5), T + random.Next(400_000)));
        var driver = new JoinDriver();
        foreach ((Message message, long received) in history.Arrivals(messages, 60_000)) driver.Send(message, received);
        driver.End();
        RecordedSession[] last = [.. driver.Output.Sessions.GroupBy(s => s.Key).Select(g => g.Last())];
        foreach (DeviceAccount account in driver.Join.Counters.Devices.All.Skip(1))
        {
            RecordedSession[] own = [.. last.Where(s => s["device_host"] == account.Device)];
            Assert.Equal(own.Length, account.Begun);
            Assert.Equal(own.Count(s => s["completeness"] == "complete"), account.EndedAs(Completeness.Complete));
            Assert.Equal(own.Count(s => s["completeness"] == "no_create"), account.EndedAs(Completeness.NoCreate));
            Assert.Equal(own.Count(s => s["completeness"] == "no_close"), account.EndedAs(Completeness.NoClose));
            Assert.Equal(own.Count(s => s["completeness"] == "updates_only"), account.EndedAs(Completeness.UpdatesOnly));
            Assert.Equal(own.Count(s => s["end_reason"] == "superseded"), account.Superseded);
            Assert.Equal(own.Count(s => s["end_reason"] == "timeout-inferred"), account.TimedOut);
        }
    });

    [Fact]
    public void The_shares_of_lost_messages_are_near_what_was_lost() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        JoinDriver driver = new();
        for (int i = 0; i < 4000; i++)
        {
            var create = new Message(EventTag.RtFlowSessionCreate, T + i) { Id = i, SourcePort = 1000 + i };
            if (random.Next(10) > 0) driver.Send(create, T + 4000);
            Message close = create with { Tag = EventTag.RtFlowSessionClose, Elapsed = 0, Reason = "TCP FIN" };
            if (random.Next(5) > 0) driver.Send(close, T + 4000);
        }
        DeviceAccount account = driver.End().Join.Counters.Devices.All[1];
        // Five standard deviations of a share of one in five among about 3600.
        Assert.InRange(account.CreateLoss!.Value, 0.1 - 0.033, 0.1 + 0.033);
        Assert.InRange(account.CloseLoss!.Value, 0.2 - 0.033, 0.2 + 0.033);
        Assert.Null(new JoinDriver().Join.Counters.Devices.All[0].CloseLoss);
    });

    [Fact]
    public void Names_without_end_share_one_account()
    {
        JoinDriver driver = new();
        for (int i = 0; i < DeviceAccounts.MaxDevices + 50; i++)
            driver.Send(new Message(EventTag.RtFlowSessionCreate, T) { Host = $"made-up-{i}" });
        IReadOnlyList<DeviceAccount> accounts = driver.Join.Counters.Devices.All;
        Assert.Equal(DeviceAccounts.MaxDevices + 1, accounts.Count);
        Assert.Equal((DeviceAccounts.OtherName, 50), (accounts[0].Device, accounts[0].Begun));
        AssertBalanced(driver.Join);
    }

    [Fact]
    public void Each_name_has_its_own_account_however_alike_they_are() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var counters = new SessionCounters(seed);
        IEnumerable<byte[]> alike = Enumerable.Range(0, 40).Select(i => new[] { (byte)(i / 4), (byte)(16 * (i % 4)) });
        byte[][] names = [[], [0xFF], [0xEF, 0xBF, 0xBD], .. alike];
        var begun = new Dictionary<DeviceAccount, (int Name, int Count)>();
        for (int i = 0; i < 2000; i++)
        {
            int name = random.Next(names.Length);
            DeviceAccount account = counters.Devices[names[name]];
            account.Begin();
            begun.TryAdd(account, (name, 0));
            Assert.Equal(name, begun[account].Name);
            begun[account] = (name, begun[account].Count + 1);
            Assert.Equal(begun[account].Count, account.Begun);
        }
        Assert.Equal(names.Length + 1, counters.Devices.All.Count);
    });

    private static void AssertBalanced(SessionJoin join)
    {
        foreach (DeviceAccount account in join.Counters.Devices.All)
        {
            Assert.Equal(account.Carried + account.Begun, account.Open + account.Ended);
            Assert.All(Enum.GetValues<Completeness>(), kind => Assert.True(account.EndedAs(kind) >= 0));
        }
        // Counted a second way: by walking over all that is held.
        SessionStore store = join.Store;
        var open = Enumerable.Range(1, store.Slots.High).Where(id => store.Slots[id].Phase is SessionPhase.Open or SessionPhase.Closing)
            .GroupBy(id => Encoding.UTF8.GetString(store.Texts[store.Slots[id].Device])).ToDictionary(g => g.Key, g => g.LongCount());
        Assert.Equal(join.OpenSessions, join.Counters.Devices.All.Sum(account => account.Open));
        foreach (DeviceAccount account in join.Counters.Devices.All.Skip(1))
            Assert.Equal(open.GetValueOrDefault(account.Device), account.Open);
    }
}
