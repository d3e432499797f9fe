using System.Text;
using FlowStream.Parsing.Sequences;
using FlowStream.Parsing.Tests.Panos;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Sequences;

public sealed class SequenceTrackerTests
{
    private static Gen<Random> Randoms => Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed));

    [Fact]
    public void Trackers_of_several_partitions_add_up_to_what_is_true_in_any_order_within_the_window() => Properties.Check(
        Randoms,
        random =>
        {
            ulong first = (ulong)random.NextInt64();
            ulong[] all = [.. Enumerable.Range(0, random.Next(1, 5_000)).Select(i => first + (ulong)i)];
            ulong[] kept = [.. all.Where(_ => random.Next(5) > 0)];
            if (kept.Length == 0) return;
            int duplicates = 0;
            var sent = new List<ulong>();
            foreach (ulong number in kept)
            {
                int copies = random.Next(10) == 0 ? random.Next(2, 4) : 1;
                duplicates += copies - 1;
                sent.AddRange(Enumerable.Repeat(number, copies));
            }
            ulong[] arriving = [.. sent];
            random.Shuffle(arriving);
            SequenceTracker[] trackers = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new SequenceTracker())];
            // A line and its copies share a partition, as their flow key is one.
            foreach (ulong number in arriving)
                trackers[(int)(number * 0x9E37_79B9_7F4A_7C15 % (ulong)trackers.Length)].Observe("fw1"u8, number);
            DeviceSequence sum = trackers.SelectMany(t => t.Devices).Aggregate((a, b) => a.Add(b));
            SequenceRun run = Assert.Single(sum.Runs);
            Assert.Equal(new SequenceRun(kept[0], kept[^1], kept.Length, duplicates, 0), run);
            Assert.Equal((long)(kept[^1] - kept[0]) + 1 - kept.Length, sum.Missing);
        });

    [Fact]
    public void One_tracker_agrees_with_a_set_of_all_numbers() => Properties.Check(
        Randoms,
        random =>
        {
            var tracker = new SequenceTracker();
            var seen = new HashSet<ulong>();
            ulong at = (ulong)random.Next(100_000), highest = 0, lowest = ulong.MaxValue;
            long duplicates = 0, late = 0;
            for (int i = 0; i < 3_000; i++)
            {
                at += (ulong)random.Next(100) switch { 0 => (ulong)random.Next(100_000), < 5 => (ulong)random.Next(300), _ => 1 };
                ulong number = at - Math.Min(at, (ulong)random.Next(random.Next(20) == 0 ? 50_000 : 10));
                tracker.Observe("fw1"u8, number);
                if (seen.Count > 0 && number < highest && highest - number >= SequenceTracker.WindowNumbers && number >= lowest) late++;
                else if (!seen.Add(number)) duplicates++;
                (highest, lowest) = (Math.Max(highest, number), Math.Min(lowest, number));
            }
            SequenceRun run = Assert.Single(Assert.Single(tracker.Devices).Runs);
            Assert.Equal(new SequenceRun(lowest, highest, seen.Count, duplicates, late), run);
        });

    [Fact]
    public void A_damaged_number_is_no_gap_and_a_reset_device_begins_anew()
    {
        var tracker = new SequenceTracker();
        for (ulong n = 1_000_000_000; n < 1_000_000_100; n++) tracker.Observe("fw1"u8, n);
        tracker.Observe("fw1"u8, 1UL << 63);
        for (ulong n = 1; n <= 50; n++) tracker.Observe("fw1"u8, n);
        tracker.Observe("fw1"u8, 1_000_000_101);
        DeviceSequence device = Assert.Single(tracker.Devices);
        Assert.Equal([(1UL, 0L), (1_000_000_000UL, 1L), (1UL << 63, 0L)], device.Runs.Select(r => (r.First, r.Missing)));
        Assert.Equal(152, device.Distinct);
    }

    [Fact]
    public void Hostile_numbers_and_devices_cannot_take_memory_without_bound() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var tracker = new SequenceTracker();
        for (ulong n = 1; n <= 100; n++) tracker.Observe("fw1"u8, n);
        for (int i = 0; i < 1_000; i++) tracker.Observe("fw1"u8, (ulong)random.NextInt64() << 1);
        tracker.Observe("fw1"u8, ulong.MaxValue);
        tracker.Observe("fw1"u8, 0);
        for (int i = 0; i < 3_000; i++) tracker.Observe(Encoding.ASCII.GetBytes($"made-up-{i}{new string('x', 300)}"), 1);
        Assert.Equal(SequenceTracker.MaxDevices, tracker.Devices.Count);
        Assert.Equal(3_000 - (SequenceTracker.MaxDevices - 1), tracker.Untracked);
        DeviceSequence device = tracker.Devices.Single(d => d.Device == "fw1");
        Assert.InRange(device.Runs.Count, 1, SequenceTracker.MaxRuns);
        // The true run has the most numbers, so it is never given up.
        Assert.Equal(101, device.Runs[0].Distinct);
        Assert.Equal(1_102, device.Strays + device.Distinct + device.Duplicates + device.TooLate);
    });

    [Fact]
    public void An_event_counts_for_the_serial_number_or_else_the_name_of_its_device()
    {
        var tracker = new SequenceTracker();
        var sessionEvent = new SessionEvent();
        string line = CsvLines.Cases.Single(c => c.Name.StartsWith("108.", StringComparison.Ordinal)).Line;
        foreach (string removed in new[] { "\0", "012345678901", "730277" })
        {
            string text = line.Replace(removed, "", StringComparison.Ordinal);
            Assert.True(CsvLines.Parse(text, sessionEvent).Accepted);
            tracker.Observe(sessionEvent);
        }
        Assert.Equal([("012345678901", 1L), ("edge-pa1", 1L)], tracker.Devices.Select(d => (d.Device, d.Distinct)));
        Assert.Throws<ArgumentException>(() => tracker.Devices[0].Add(tracker.Devices[1]));
    }
}
