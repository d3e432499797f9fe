using System.Text;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

/// <summary>Windows of five minutes and an hour: sums of minutes, and sessions counted once whatever the length.</summary>
public sealed class LongerWindowsTests
{
    private const long Hour = DeltaGenerator.Base / 3_600_000 * 3_600_000;

    private static readonly BandwidthOptions Options = new() { Grace = TimeSpan.FromSeconds(20), Retention = TimeSpan.FromHours(12) };

    [Fact]
    public void A_longer_window_holds_the_sum_of_its_minutes_after_any_revision() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var stage = new BandwidthStage(Options);
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        long time = Hour + 3_600_000;
        for (int commit = 0; commit < 60; commit++)
        {
            for (int i = random.Next(10); i > 0; i--)
            {
                var dimensions = new SessionDimensions("fw1"u8, Encoding.UTF8.GetBytes($"A{random.Next(5)}"));
                long to = time - random.NextInt64(1_800_000);
                partials.Add(new VolumeDelta(1, to - random.NextInt64(600_000), to, DeltaGenerator.DrawVolume(random)), dimensions);
                partials.Count(SessionCount.Closed, random.Next(2) == 0 ? 2 : -1, to, dimensions);
            }
            partials.Drain(stage);
            time += random.NextInt64(120_000);
            stage.Windows.AdvanceTime(time);
            stage.Commit();
        }
        stage.Windows.AdvanceTime(time + 3_700_000);
        stage.Commit();
        foreach (int minutes in new[] { 5, 60 })
            Assert.Equal(WithoutActive(SumsOf(stage.Last, minutes)), WithoutActive(stage.LastLonger.Where(IsOf(minutes)).ToDictionary()));

        static Func<KeyValuePair<string, WindowSums>, bool> IsOf(int minutes) =>
            entry => entry.Key.EndsWith($"+{minutes}", StringComparison.Ordinal);
    });

    [Fact]
    public void A_longer_window_is_final_when_its_last_minute_is_and_not_before()
    {
        var stage = new BandwidthStage(Options);
        Book(stage, Hour + 60_000, 100);
        stage.Windows.AdvanceTime(Hour + 319_999);
        stage.Commit();
        Assert.Empty(stage.LastLonger);
        stage.Windows.AdvanceTime(Hour + 320_000);
        stage.Commit();
        Assert.Equal([$"total//{Hour / 60_000}+5"], stage.LastLonger.Keys);
        Book(stage, Hour + 120_000, 7);
        stage.Commit();
        Assert.Equal(107, stage.LastLonger[$"total//{Hour / 60_000}+5"].Bytes);
        stage.Windows.AdvanceTime(Hour + 3_620_000);
        stage.Commit();
        Assert.Equal(107, stage.LastLonger[$"total//{Hour / 60_000}+60"].Bytes);
    }

    [Fact]
    public void A_session_is_active_once_in_each_window_of_each_length_that_it_moved_bytes_in() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var stage = new BandwidthStage(Options);
        var partials = new PartialWindows([Aggregation.Total, Aggregation.Application], TumblingWindows.OneMinute);
        var expected = new Dictionary<(int Minutes, long Window), int>();
        for (int session = 0; session < 20; session++)
        {
            var active = new HashSet<(int Minutes, long Window)>();
            long from = Hour + random.NextInt64(3_600_000), last = -1;
            for (int update = random.Next(1, 8); update > 0; update--)
            {
                long to = from + random.NextInt64(random.Next(2) == 0 ? 30_000 : 400_000);
                var delta = new VolumeDelta(1, from, to, new Volume(random.Next(4), random.Next(3) * 1000, 1, 1), last);
                partials.Add(delta, new SessionDimensions("fw1"u8, Encoding.UTF8.GetBytes($"A{random.Next(3)}")));
                foreach (WindowShare share in new Spread(delta, TumblingWindows.OneMinute))
                {
                    if (!share.Volume.HasBytes) continue;
                    foreach (int minutes in new[] { 1, 5, 60 }) active.Add((minutes, share.Window / minutes * minutes));
                }
                if (delta.Volume.HasBytes) last = to > from ? to - 1 : to;
                from = to;
                if (random.Next(5) == 0) partials.Drain(stage);
            }
            foreach ((int, long) window in active) expected[window] = expected.GetValueOrDefault(window) + 1;
        }
        partials.Drain(stage);
        stage.Windows.AdvanceTime(Hour + (10 * 3_600_000));
        stage.Commit();
        foreach (((int minutes, long window), int sessions) in expected)
        {
            string place = minutes == 1 ? $"/{window}" : $"/{window}+{minutes}";
            Dictionary<string, WindowSums> rows = minutes == 1 ? stage.Last : stage.LastLonger;
            Assert.Equal(sessions, rows["total/" + place].Active);
            Assert.Equal(sessions, rows.Where(row => row.Key.StartsWith("application/", StringComparison.Ordinal)
                && row.Key.EndsWith(place, StringComparison.Ordinal)).Sum(row => row.Value.Active));
        }
    });

    [Fact]
    public void Rows_of_lengths_that_are_not_configured_any_more_expire_with_their_windows()
    {
        var stage = new BandwidthStage(Options);
        Book(stage, Hour, 100);
        stage.Windows.AdvanceTime(Hour + 4_000_000);
        stage.Commit();
        Assert.Equal(3, stage.Changelog.Count);
        var shorter = new BandwidthStage(Options with { Longer = false });
        foreach ((string key, byte[] value) in stage.Changelog)
        {
            shorter.Changelog[key] = value;
            shorter.Windows.RestoreRow(Convert.FromHexString(key), value);
        }
        shorter.Windows.AdvanceTime(Hour + (14 * 3_600_000));
        shorter.Commit();
        Assert.Empty(shorter.Changelog);
        Assert.Empty(shorter.Emitted);
    }

    private static void Book(BandwidthStage stage, long time, long bytes)
    {
        var partials = new PartialWindows([Aggregation.Total], TumblingWindows.OneMinute);
        partials.Add(new VolumeDelta(1, time, time, new Volume(bytes, 0, 0, 0)), default);
        partials.Drain(stage);
    }

    private static Dictionary<string, WindowSums> SumsOf(Dictionary<string, WindowSums> minutes, int length)
    {
        var sums = new Dictionary<string, WindowSums>();
        foreach ((string key, WindowSums row) in minutes)
        {
            int slash = key.LastIndexOf('/');
            long window = long.Parse(key.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture) / length * length;
            string longer = $"{key[..slash]}/{window}+{length}";
            sums[longer] = sums.GetValueOrDefault(longer) + row;
        }
        return sums;
    }

    // A session may be active in several minutes of one longer window.
    private static SortedDictionary<string, WindowSums> WithoutActive(Dictionary<string, WindowSums> rows) => new(
        rows.Where(row => !(row.Value with { Active = 0 }).IsZero).ToDictionary(row => row.Key, row => row.Value with { Active = 0 }),
        StringComparer.Ordinal);
}
