using System.Text;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

/// <summary>The two steps together under random load: sums, order, and restoring at any commit.</summary>
public sealed class BandwidthStateTests
{
    // Short times, so that a run of minutes sees finals, revisions, late windows and expiry.
    private static readonly BandwidthOptions Options = new()
    {
        Grace = TimeSpan.FromSeconds(20), Retention = TimeSpan.FromMinutes(15), MaxKeysPerWindow = 8,
    };

    [Fact]
    public void What_is_emitted_in_the_end_adds_up_to_what_was_booked_in_every_aggregation() => Properties.WithSeed(seed =>
    {
        var run = new RandomRun((int)seed, Options);
        run.Run(60, (_, _) => { });
        run.Finish();
        Assert.Equal(run.Booked, run.Stage.Sum("total").Volume);
        Assert.Equal(run.Booked, run.Stage.Sum("application").Volume);
        Assert.Equal(run.Opened, run.Stage.Sum("total").Opened);
        Assert.Equal(run.Opened, run.Stage.Sum("application").Opened);
    });

    [Fact]
    public void Windows_do_not_depend_on_the_order_of_partials() => Properties.WithSeed(seed =>
    {
        BandwidthOptions kept = Options with { Retention = TimeSpan.FromDays(2), MaxKeysPerWindow = 1000 };
        var run = new RandomRun((int)seed, kept);
        run.Run(40, (_, _) => { });
        run.Finish();
        var other = new BandwidthStage(kept);
        (byte[] Key, byte[] Value)[] shuffled = [.. run.Stage.Partials];
        new Random((int)seed).Shuffle(shuffled);
        foreach ((byte[] key, byte[] value) in shuffled) other.Partial(key, value);
        other.Windows.AdvanceTime(run.Time);
        other.Commit();
        Assert.Equal(Nonzero(run.Stage), Nonzero(other));

        static SortedDictionary<string, WindowSums> Nonzero(BandwidthStage stage) =>
            new(stage.Last.Where(entry => !entry.Value.IsZero).ToDictionary(), StringComparer.Ordinal);
    });

    [Fact]
    public void A_restore_from_the_changelog_gives_the_same_state_and_the_same_later_output() => SameAfterRestore(
        (stage, time, _) => stage.RestoreFromChangelog(time));

    [Fact]
    public void A_restore_from_a_snapshot_gives_the_same_state_and_the_same_later_output() => SameAfterRestore(
        (stage, _, snapshot) => stage.RestoreFromSnapshot(snapshot));

    [Fact]
    public void A_snapshot_and_the_changelog_after_it_give_the_state_of_the_last_commit() => Properties.WithSeed(seed =>
    {
        var run = new RandomRun((int)seed, Options);
        byte[]? old = null;
        var tail = new List<(byte[] Key, byte[] Value)>();
        run.Run(40, (stage, commit) =>
        {
            if (commit == 20) old = stage.Snapshot();
        });
        var before = new BandwidthStage(Options);
        before.RestoreFromSnapshot(old!);
        // Every row that is there now is the last of its key; rows that are gone were deleted since.
        HashSet<string> now = [.. run.Stage.Changelog.Keys];
        foreach (string gone in run.AllKeys.Except(now)) before.Windows.RestoreRow(Convert.FromHexString(gone), default);
        foreach ((string key, byte[] value) in run.Stage.Changelog) before.Windows.RestoreRow(Convert.FromHexString(key), value);
        before.Windows.AdvanceTime(run.Time);
        Assert.Equal(Convert.ToHexString(run.Stage.Snapshot()), Convert.ToHexString(before.Snapshot()));
    });

    [Fact]
    public void A_damaged_snapshot_is_refused() => Properties.WithSeed(seed =>
    {
        var run = new RandomRun((int)seed, Options);
        run.Run(5, (_, _) => { });
        byte[] whole = run.Stage.Snapshot();
        for (int length = 0; length < whole.Length; length += 1 + (length / 50))
        {
            byte[] prefix = whole[..length];
            Assert.Throws<InvalidDataException>(() => new BandwidthWindows(Options, 0).ReadSnapshot(prefix));
        }
        byte[] newer = [.. whole];
        newer[0]++;
        Assert.Throws<InvalidDataException>(() => new BandwidthWindows(Options, 0).ReadSnapshot(newer));
        Assert.Throws<InvalidDataException>(() => new BandwidthWindows(Options, 0).ReadSnapshot([.. whole, 0]));
    });

    private static void SameAfterRestore(Action<BandwidthStage, long, byte[]> restore) => Properties.WithSeed(seed =>
    {
        var plain = new RandomRun((int)seed, Options);
        plain.Run(40, (_, _) => { });
        plain.Finish();
        var restored = new RandomRun((int)seed, Options);
        restored.Run(40, (stage, commit) =>
        {
            if (commit % 7 != 3) return;
            byte[] before = stage.Snapshot();
            restore(stage, restored.Time, before);
            Assert.Equal(Convert.ToHexString(before), Convert.ToHexString(stage.Snapshot()));
        });
        restored.Finish();
        Assert.Equal(plain.Stage.Emitted, restored.Stage.Emitted);
    });

    /// <summary>Two tasks of the session stage and one of the bandwidth stage, driven by one seed.</summary>
    private sealed class RandomRun(int seed, BandwidthOptions options)
    {
        private readonly Random _random = new(seed);
        private readonly PartialWindows[] _tasks =
            [new(Aggregation.Defaults, TumblingWindows.OneMinute), new(Aggregation.Defaults, TumblingWindows.OneMinute)];

        private readonly List<(VolumeDelta Delta, string Application)> _booked = [];

        public BandwidthStage Stage { get; } = new(options);

        public long Time { get; private set; } = DeltaGenerator.Base;

        public Volume Booked { get; private set; }

        public long Opened { get; private set; }

        public HashSet<string> AllKeys { get; } = [];

        public void Run(int commits, Action<BandwidthStage, int> afterCommit)
        {
            for (int commit = 0; commit < commits; commit++)
            {
                for (int i = _random.Next(20); i > 0; i--) Step();
                foreach (PartialWindows task in _tasks) task.Drain(Stage);
                Time += _random.NextInt64(90_000);
                Stage.Windows.AdvanceTime(Time);
                Stage.Commit();
                AllKeys.UnionWith(Stage.Changelog.Keys);
                afterCommit(Stage, commit);
            }
        }

        public void Finish()
        {
            Time += 3_600_000;
            Stage.Windows.AdvanceTime(Time);
            Stage.Commit();
        }

        private void Step()
        {
            string application = $"A{_random.Next(15)}";
            if (_booked.Count > 0 && _random.Next(3) == 0)
            {
                // A correction: what was booked before is taken back, by another task if need be.
                (VolumeDelta delta, application) = _booked[_random.Next(_booked.Count)];
                _booked.Remove((delta, application));
                Add(delta with { Sign = -1 }, application);
                return;
            }
            long to = Time - _random.NextInt64(1_200_000);
            var booked = new VolumeDelta(1, to - _random.NextInt64(600_000), to, DeltaGenerator.DrawVolume(_random));
            _booked.Add((booked, application));
            Add(booked, application);
        }

        private void Add(VolumeDelta delta, string application)
        {
            PartialWindows task = _tasks[_random.Next(2)];
            var dimensions = new SessionDimensions("fw1"u8, Encoding.UTF8.GetBytes(application));
            task.Add(delta, dimensions);
            task.Count(SessionCount.Opened, delta.Sign, delta.FromMs, dimensions);
            Opened += delta.Sign;
            Booked = delta.Sign > 0 ? Booked + delta.Volume : Booked - delta.Volume;
        }
    }
}
