using System.Text;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

public sealed class BandwidthWindowsTests
{
    private const long Start = DeltaGenerator.Base / 60_000 * 60_000;

    private static readonly BandwidthOptions Options = new() { Longer = false };

    [Fact]
    public void A_window_is_emitted_once_when_time_passes_its_end_and_the_grace()
    {
        var stage = new BandwidthStage(Options);
        Book(stage, Start + 10, 100);
        stage.Windows.AdvanceTime(Start + 89_999);
        stage.Commit();
        Assert.Empty(stage.Emitted);
        Assert.Equal(Start + 90_000, stage.Windows.NextTimer);
        stage.Windows.AdvanceTime(Start + 90_000);
        stage.Commit();
        stage.Commit();
        Assert.Single(stage.Emitted);
        Assert.Contains("r0 final", stage.Emitted[0], StringComparison.Ordinal);
        Assert.Equal(long.MaxValue, stage.Windows.NextTimer);
    }

    [Fact]
    public void Late_partials_of_one_commit_make_one_revision()
    {
        BandwidthStage stage = WithFinalWindow();
        for (int i = 0; i < 5; i++) Book(stage, Start + 10, 1);
        stage.Commit();
        Assert.Equal(2, stage.Emitted.Count);
        Assert.Contains("r1 final", stage.Emitted[1], StringComparison.Ordinal);
        Assert.Equal(105, stage.Sum("total").Bytes);
    }

    [Fact]
    public void A_late_partial_that_changes_nothing_makes_no_record()
    {
        BandwidthStage stage = WithFinalWindow();
        Book(stage, Start + 10, 100);
        Book(stage, Start + 10, 100, sign: -1);
        stage.Commit();
        Assert.Single(stage.Emitted);
    }

    [Fact]
    public void A_window_whose_bytes_are_all_taken_back_is_emitted_again_with_zeros()
    {
        BandwidthStage stage = WithFinalWindow();
        Book(stage, Start + 10, 100, sign: -1);
        stage.Commit();
        Assert.Equal(2, stage.Emitted.Count);
        Assert.True(stage.Sum("total").IsZero);
    }

    [Fact]
    public void What_is_taken_back_before_it_was_told_is_never_told()
    {
        var stage = new BandwidthStage(Options);
        Book(stage, Start + 10, 100);
        stage.Commit();
        Book(stage, Start + 10, 100, sign: -1);
        stage.Commit();
        stage.Windows.AdvanceTime(Start + 600_000);
        stage.Commit();
        Assert.Empty(stage.Emitted);
    }

    [Fact]
    public void Early_windows_are_emitted_at_each_commit_that_changes_them_and_once_more_as_final()
    {
        var stage = new BandwidthStage(Options with { Early = true });
        Book(stage, Start + 10, 1);
        stage.Commit();
        stage.Commit();
        Book(stage, Start + 10, 1);
        stage.Commit();
        stage.Windows.AdvanceTime(Start + 90_000);
        stage.Commit();
        Assert.Equal(["early", "early", "final"], stage.Emitted.Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public void What_is_older_than_the_retention_goes_to_the_oldest_kept_window_and_is_late()
    {
        var stage = new BandwidthStage(Options);
        stage.Windows.AdvanceTime(Start + (25 * 3_600_000L));
        Book(stage, Start, 100);
        stage.Commit();
        (string key, WindowSums sums) = Assert.Single(stage.Last);
        Assert.Equal($"total//{(Start / 60_000) + 60}", key);
        Assert.Equal((100L, 100L), (sums.Bytes, sums.LateBytes));
        Assert.Equal(1, stage.Windows.Late);
    }

    [Fact]
    public void A_window_is_forgotten_after_the_retention_and_its_row_deleted()
    {
        BandwidthStage stage = WithFinalWindow();
        Assert.Single(stage.Changelog);
        stage.Windows.AdvanceTime(Start + (25 * 3_600_000L));
        stage.Commit();
        Assert.Empty(stage.Changelog);
        Assert.Equal(0, stage.Windows.Count);
        Assert.Single(stage.Emitted);
    }

    [Fact]
    public void Keys_beyond_the_cap_are_added_up_as_other_and_nothing_is_lost()
    {
        var stage = new BandwidthStage(Options with { MaxKeysPerWindow = 10, Early = true });
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        for (int i = 0; i < 50; i++)
        {
            var dimensions = new SessionDimensions(default, Encoding.UTF8.GetBytes($"A{i}"));
            partials.Add(new VolumeDelta(1, Start, Start, new Volume(1, 2, 0, 0)), dimensions);
        }
        partials.Add(new VolumeDelta(1, Start, Start, new Volume(5, 0, 0, 0)), default);
        partials.Drain(stage);
        stage.Commit();
        Assert.Equal(40, stage.Windows.Folded);
        Assert.Equal(stage.Sum("total"), stage.Sum("application"));
        Assert.Equal(120, stage.Last[$"application/application=other,partition=3/{Start / 60_000}"].Bytes);
        Assert.Equal(5, stage.Last[$"application//{Start / 60_000}"].Bytes);
    }

    [Fact]
    public void The_cap_holds_again_after_a_restore()
    {
        var stage = new BandwidthStage(Options with { MaxKeysPerWindow = 2 });
        foreach (string name in new[] { "A", "B", "C" }) BookApplication(stage, name);
        stage.Commit();
        stage.RestoreFromChangelog(0);
        BookApplication(stage, "A");
        BookApplication(stage, "D");
        Assert.Equal(1, stage.Windows.Folded);
        Assert.Equal(3, stage.Windows.Count);
    }

    [Fact]
    public void Bytes_that_are_no_partial_are_refused_and_add_nothing() => Properties.WithSeed(seed =>
    {
        var source = new BandwidthStage(Options);
        var partials = new PartialWindows([Aggregation.Application], TumblingWindows.OneMinute);
        partials.Add(new VolumeDelta(1, Start, Start + 600_000, new Volume(1_000, 2_000, 3, 4)), new SessionDimensions(default, "HTTP"u8));
        partials.Drain(source);
        (byte[] key, byte[] value) = Assert.Single(source.Partials);
        var windows = new BandwidthWindows(Options, 0);
        foreach (byte[] prefix in MemoryShapes.Prefixes(value)) Assert.False(windows.TryAdd(key, prefix));
        Assert.False(windows.TryAdd(key, [.. value, 0]));
        Assert.Equal(0, windows.Count);
        var random = new Random((int)seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damagedKey = Damage(key, random), damagedValue = Damage(value, random);
            windows.TryAdd(damagedKey, damagedValue);
        }
        // A prefix of a key may be a key; it is never more than a refusal or other sums.
        foreach (byte[] prefix in MemoryShapes.Prefixes(key)) windows.TryAdd(prefix, value);
    });

    private static byte[] Damage(byte[] bytes, Random random)
    {
        byte[] damaged = (byte[])bytes.Clone();
        damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return damaged;
    }

    private static BandwidthStage WithFinalWindow()
    {
        var stage = new BandwidthStage(Options);
        Book(stage, Start + 10, 100);
        stage.Windows.AdvanceTime(Start + 90_000);
        stage.Commit();
        return stage;
    }

    private static void Book(BandwidthStage stage, long time, long bytes, int sign = 1)
    {
        var partials = new PartialWindows([Aggregation.Total], TumblingWindows.OneMinute);
        partials.Add(new VolumeDelta(sign, time, time, new Volume(bytes, 0, 0, 0)), default);
        partials.Drain(stage);
    }

    private static void BookApplication(BandwidthStage stage, string name)
    {
        var partials = new PartialWindows([Aggregation.Application], TumblingWindows.OneMinute);
        partials.Count(SessionCount.Opened, 1, Start, new SessionDimensions(default, Encoding.UTF8.GetBytes(name)));
        partials.Drain(stage);
    }
}
