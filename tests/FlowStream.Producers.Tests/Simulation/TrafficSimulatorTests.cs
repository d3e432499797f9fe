using System.Security.Cryptography;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Producers.Simulation;
using FlowStream.Schemas;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Producers.Tests.Simulation;

public sealed class TrafficSimulatorTests
{
    private static readonly SimulationOptions Flawless = new()
    {
        Sessions = 400,
        LostCreates = 0,
        LostUpdates = 0,
        LostCloses = 0,
        Duplicates = 0,
        Reordered = 0,
    };

    private static readonly SimulationOptions Bad = new()
    {
        Sessions = 400,
        LostCreates = 0.3,
        LostUpdates = 0.3,
        LostCloses = 0.3,
        Duplicates = 0.3,
        Reordered = 0.3,
    };

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        byte[] Run(ulong seed) => Hash(CollectedTruth.Of(Bad with { Seed = seed }));
        Assert.Equal(Run(7), Run(7));
        Assert.NotEqual(Run(7), Run(8));
    }

    [Fact]
    public void The_bytes_do_not_depend_on_whether_somebody_wants_the_truth()
    {
        var simulator = new TrafficSimulator(Bad);
        foreach ((byte[] line, long timestampMs) in CollectedTruth.Of(Bad).Lines)
        {
            Assert.True(simulator.MoveNext());
            Assert.Equal(line, simulator.Line.ToArray());
            Assert.Equal(timestampMs, simulator.TimestampMs);
        }
        Assert.False(simulator.MoveNext());
    }

    [Fact]
    public void Every_line_parses_and_states_the_time_it_is_stamped_with()
    {
        var sessionEvent = new SessionEvent();
        foreach ((byte[] line, long timestampMs) in CollectedTruth.Of(Bad).Lines)
        {
            Assert.True(SyslogParser.Parse(line, sessionEvent).Accepted);
            DeviceTime time = sessionEvent.Time!.Value;
            Assert.Equal(timestampMs, time.UnixMilliseconds ?? time.LocalMilliseconds);
        }
    }

    [Fact]
    public void All_kinds_of_message_and_of_record_occur()
    {
        CollectedTruth truth = CollectedTruth.Of(Bad with { Sessions = 2000, Devices = 5 });
        Assert.Equal(Enum.GetValues<Completeness>(), truth.Sessions.Select(s => s.Completeness).Distinct().Order());
        Assert.Equal(Enum.GetValues<NatKind>(), truth.Sessions.Select(s => s.Nat).Distinct().Order());
        Assert.Equal(5, truth.Sessions.SelectMany(s => s.Sources.Items.ToArray()).Distinct().Count());
        Assert.Contains(truth.Sessions, s => s.Application is null);
        Assert.Contains(truth.Sessions, s => s.NestedApplication is not null);
        Assert.Contains(truth.Sessions, s => s.SourceAddress.ToString().Contains(':', StringComparison.Ordinal));
        Assert.Contains(truth.Sessions, s => s.Updates > 8);
        Assert.Contains(truth.Denials, d => d.IcmpType is not null);
        Assert.Contains(truth.Sessions.GroupBy(s => (s.DeviceHost.ToString(), s.SessionId)), sameId => sameId.Count() > 1);
    }

    [Fact]
    public void Devices_of_panos_and_sessions_that_change_occur_as_asked()
    {
        CollectedTruth truth = CollectedTruth.Of(Bad with { Sessions = 2000, Devices = 8, PanosDevices = 3, Changes = 0.5 });
        List<CompletedSession> panos = truth.Sessions.FindAll(s => s.DeviceVendor == DeviceVendor.Paloalto);
        Assert.Equal(3, panos.Select(s => s.DeviceSerial).Distinct().Count());
        Assert.Equal(
            [Completeness.Complete, Completeness.NoCreate, Completeness.NoClose],
            panos.Select(s => s.Completeness).Distinct().Order());
        Assert.Equal(12, truth.Sessions.SelectMany(s => s.Sources.Items.ToArray()).Distinct().Count());
        Assert.Contains(truth.Sessions, s => s.Routes.Count > 1);
        Assert.Contains(panos, s => s.Extras.TryGet("application_history"u8, out _));
        var sessionEvent = new SessionEvent();
        Assert.All(truth.Lines, line => Assert.True(SyslogParser.Parse(line.Line, sessionEvent).Accepted));
    }

    [Fact]
    public void Bulk_transfers_last_for_hours_and_leave_the_other_sessions_as_they_are()
    {
        CollectedTruth usual = CollectedTruth.Of(Flawless), bulk = CollectedTruth.Of(Flawless with { Bulk = 1 });
        CompletedSession[] transfers = [.. bulk.Sessions.Where(s => s.ProtocolId == 6 && s.EndTime - s.StartTime >= 3_600_000)];
        Assert.InRange(transfers.Length, 100, 400);
        Assert.All(transfers, s => Assert.InRange(s.Updates, 11, 49));
        Assert.All(transfers, s => Assert.InRange(
            (s.BytesFromClient + s.BytesFromServer) * 1000 / (s.EndTime - s.StartTime), 49_000, 3_100_000));
        Assert.Equal(Others(usual), Others(bulk));

        static IEnumerable<string> Others(CollectedTruth truth) => truth.Sessions.Where(s => s.ProtocolId != 6)
            .Select(s => $"{s.DeviceHost} {s.SourceAddress} {s.SourcePort} {s.StartTime} {s.EndTime} {s.BytesFromServer}").Order();
    }

    [Fact]
    public void Without_faults_every_session_is_complete_and_every_byte_is_told()
    {
        CollectedTruth truth = CollectedTruth.Of(Flawless);
        Assert.Equal(Flawless.Sessions, truth.Sessions.Count);
        Assert.All(truth.Sessions, s => Assert.NotEqual(Completeness.NoClose, s.Completeness));
        Assert.Equal(truth.Flows.Sum(f => f.FromClient), truth.Sessions.Sum(s => s.BytesFromClient));
        Assert.Equal(truth.Flows.Sum(f => f.FromServer), truth.Sessions.Sum(s => s.BytesFromServer));
    }

    [Fact]
    public void With_any_faults_the_windows_add_up_to_the_sessions_to_the_byte() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            CollectedTruth truth = CollectedTruth.Of(new SimulationOptions
            {
                Seed = (ulong)random.NextInt64(),
                Sessions = random.Next(150),
                Devices = random.Next(1, 8),
                SessionsPerSecond = random.Next(1, 1000),
                LostCreates = random.NextDouble(),
                LostUpdates = random.NextDouble(),
                LostCloses = random.NextDouble(),
                Duplicates = random.NextDouble(),
                Reordered = random.NextDouble(),
            });
            foreach (IGrouping<string, BandwidthWindow> windows in truth.Windows.GroupBy(w => w.Aggregation.ToString()))
            {
                Assert.Equal(truth.Sessions.Sum(s => s.BytesFromClient), windows.Sum(w => w.BytesFromClient));
                Assert.Equal(truth.Sessions.Sum(s => s.BytesFromServer), windows.Sum(w => w.BytesFromServer));
                Assert.Equal(truth.Sessions.Sum(s => s.PacketsFromClient), windows.Sum(w => w.PacketsFromClient));
                Assert.Equal(truth.Sessions.Sum(s => s.PacketsFromServer), windows.Sum(w => w.PacketsFromServer));
                Assert.Equal(truth.Sessions.Count, windows.Sum(w => w.SessionsOpened));
                Assert.Equal(truth.Sessions.Count, windows.Sum(w => w.SessionsClosed));
                Assert.Equal(truth.Denials.Count, windows.Sum(w => w.Denials));
                Assert.Distinct(windows.Select(w => $"{w.WindowStart} {CollectedTruth.Json(w.WriteJson)["dimensions"]}"));
            }
        },
        count: 25);

    [Fact]
    public void Messages_lost_or_sent_twice_are_as_many_as_the_options_say()
    {
        int without = CollectedTruth.Of(Flawless).Lines.Count;
        int twice = CollectedTruth.Of(Flawless with { Duplicates = 1 }).Lines.Count;
        CollectedTruth silent = CollectedTruth.Of(Flawless with { LostCreates = 1, LostUpdates = 1, LostCloses = 1 });
        CollectedTruth open = CollectedTruth.Of(Flawless with { LostCloses = 1 });
        int denials = CollectedTruth.Of(Flawless).Denials.Count;
        Assert.Equal((2 * (without - denials)) + denials, twice);
        Assert.All(silent.Sessions, s => Assert.Equal(Completeness.UpdatesOnly, s.Completeness));
        Assert.All(open.Sessions, s => Assert.Equal("timeout-inferred", s.EndReason.ToString()));
    }

    [Fact]
    public void No_message_is_later_than_the_longest_delay()
    {
        var options = Bad with { MaxDelay = TimeSpan.FromSeconds(3), Heartbeat = false };
        long latest = 0;
        bool overtaken = false;
        foreach ((_, long timestampMs) in CollectedTruth.Of(options).Lines)
        {
            latest = Math.Max(latest, timestampMs);
            // A device without milliseconds states a time up to a second early.
            Assert.InRange(timestampMs, latest - 4000, latest);
            overtaken |= timestampMs < latest - 1000;
        }
        Assert.True(overtaken);
    }

    [Fact]
    public void The_heartbeat_makes_an_hour_pass_after_the_last_message()
    {
        long last = CollectedTruth.Of(Flawless with { Heartbeat = false }).Lines.Max(l => l.TimestampMs);
        CollectedTruth truth = CollectedTruth.Of(Flawless);
        Assert.InRange(truth.Lines[^1].TimestampMs - last, 60 * 60_000, 61 * 60_000);
        Assert.Equal(512, truth.Lines.Count(l => l.TimestampMs > last));
    }

    [Fact]
    public void Windows_are_told_of_as_soon_as_nothing_can_change_them()
    {
        CollectedTruth truth = CollectedTruth.Of(Flawless with { Sessions = 2000, SessionsPerSecond = 0.2 });
        Assert.InRange(truth.WindowsBeforeTheLastLine, truth.Windows.Count / 10, truth.Windows.Count - 1);
    }

    [Fact]
    public void Nothing_to_simulate_is_no_message() => Assert.Empty(CollectedTruth.Of(new SimulationOptions { Sessions = 0 }).Lines);

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        SimulationOptions[] refused =
        [
            new() { Sessions = -1 }, new() { Devices = 0 }, new() { Devices = SimulationOptions.MaxDevices + 1 },
            new() { SessionsPerSecond = 0 }, new() { SessionsPerSecond = double.NaN }, new() { LostCreates = -0.1 },
            new() { PanosDevices = -1 }, new() { PanosDevices = 5 }, new() { Changes = 1.5 }, new() { Bulk = 2 },
            new() { LostUpdates = 1.1 }, new() { LostCloses = double.NaN }, new() { Duplicates = 2 }, new() { Reordered = 2 },
            new() { MaxDelay = TimeSpan.Zero }, new() { MaxDelay = TimeSpan.FromHours(1) }, new() { Start = DateTimeOffset.MinValue },
        ];
        Assert.All(refused, options => Assert.Throws<ArgumentException>(() => new TrafficSimulator(options)));
    }

    private static byte[] Hash(CollectedTruth truth)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((byte[] line, _) in truth.Lines) hash.AppendData(line);
        foreach (CompletedSession session in truth.Sessions)
            hash.AppendData(Encoding.UTF8.GetBytes(CollectedTruth.Json(session.WriteJson).ToJsonString()));
        return hash.GetHashAndReset();
    }
}
