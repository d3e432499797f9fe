using System.Buffers;
using System.Globalization;
using FlowStream.Schemas;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

public sealed class PathWindowsTests
{
    private const long Minute = 1_777_624_080_000;

    [Fact]
    public void Windows_are_the_same_in_any_order_and_say_what_was_measured() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 100; round++)
        {
            PathQuality[] reports = Draw(random, 60);
            var ordered = new Run();
            foreach (PathQuality report in reports) ordered.Add(report);
            random.Shuffle(reports);
            var shuffled = new Run();
            foreach (PathQuality report in reports) shuffled.Add(report);
            Assert.Equal(ordered.End(), shuffled.End());
            Assert.Equal(Expected(reports), ordered.Latest());
        }
    });

    [Fact]
    public void A_state_restored_of_rows_or_of_a_snapshot_goes_on_as_the_lost_one() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int round = 0; round < 50; round++)
        {
            PathQuality[] reports = Draw(random, 40);
            Run whole = new(), ofRows = new(), ofSnapshot = new();
            foreach (PathQuality report in reports)
            {
                foreach (Run run in (Run[])[whole, ofRows, ofSnapshot])
                {
                    run.Add(report);
                    run.Advance(report.Time);
                }
                if (random.Next(5) > 0) continue;
                ofRows.RestoreRows();
                ofSnapshot.RestoreSnapshot();
            }
            Assert.Equal(whole.End(), ofRows.End());
            Assert.Equal(whole.Emitted, ofSnapshot.End());
        }
    });

    [Fact]
    public void Damaged_partials_rows_and_snapshots_are_refused_or_read_but_never_worse() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        byte[] key = new byte[PathKey.MaxBytes], partial = new byte[PathCodec.MaxBytes];
        PathQuality report = Draw(random, 1)[0];
        key = key[..PathKey.Write(report, key)];
        partial = partial[..PathCodec.WritePartial(report, partial)];
        for (int length = 0; length < partial.Length; length++)
            Assert.False(new PathWindows(new BandwidthOptions()).TryAdd(key, partial.AsSpan(0, length)));
        Assert.False(new PathWindows(new BandwidthOptions()).TryAdd([], partial));
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. partial], damagedKey = [.. key];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damagedKey[random.Next(key.Length)] ^= (byte)(1 << random.Next(8));
            var run = new Run();
            run.Windows.TryAdd(key, damaged);
            run.Windows.TryAdd(damagedKey, partial);
            run.End();
        }
        var kept = new Run();
        kept.Add(report);
        byte[] snapshot = kept.Snapshot();
        for (int length = 0; length < snapshot.Length; length++)
            Assert.Throws<InvalidDataException>(() => new PathWindows(new BandwidthOptions()).ReadSnapshot(snapshot.AsSpan(0, length)));
    });

    [Fact]
    public void What_is_older_than_the_retention_or_one_path_too_many_is_counted_and_left_out()
    {
        var run = new Run(new BandwidthOptions { MaxKeysPerWindow = 1 });
        run.Add(Report("a", Minute, 5));
        run.Add(Report("b", Minute, 5));
        run.Advance(Minute + (48 * 3_600_000L));
        run.Add(Report("a", Minute, 7));
        Assert.Equal(2, run.Windows.Dropped);
        Assert.Equal(0, run.Windows.Count);
        Assert.Equal(long.MaxValue, run.Windows.NextTimer);
        Assert.Empty(run.Rows);
    }

    private static PathQuality[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        long rtt = random.Next(3) == 0 ? random.NextInt64(4_294_967_295) : random.Next(9);
        return Report("path" + random.Next(3), Minute + random.Next(600_000), rtt);
    })];

    private static PathQuality Report(string path, long time, long rtt)
    {
        var report = new PathQuality { Time = time, DeviceHost = Utf8Text.From("fw1"), DestinationInterfaceName = Utf8Text.From(path) };
        PathMeasure measure = report.Measures.Add();
        measure.Name = Utf8Text.From("rtt");
        (measure.Count, measure.Min, measure.Max, measure.Mean) = (1, rtt, rtt, rtt);
        return report;
    }

    // The same a second way: sorted into lists and added up with decimals.
    private static IEnumerable<string> Expected(IEnumerable<PathQuality> reports) => reports
        .GroupBy(r => (Path: r.DestinationInterfaceName.ToString(), Start: r.Time / 60_000 * 60_000))
        .Select(g => (g.Key, Values: g.Select(r => (decimal)r.Measures[0].Mean).ToArray()))
        .Select(g => string.Create(
            CultureInfo.InvariantCulture,
            $"{g.Key.Start} {g.Key.Path} {g.Values.Length} {g.Values.Min()} {g.Values.Max()} {Math.Floor(g.Values.Average() + 0.5m)}"))
        .Order(StringComparer.Ordinal);

    /// <summary>Windows with what they emitted and the rows they left.</summary>
    private sealed class Run(BandwidthOptions? options = null) : IPathOutput, IStateWriter
    {
        private readonly Dictionary<string, string> _latest = [];
        private long _time;

        public PathWindows Windows { get; private set; } = new(options ?? new BandwidthOptions());

        public List<string> Emitted { get; } = [];

        public Dictionary<string, byte[]> Rows { get; } = [];

        public void Add(PathQuality report)
        {
            byte[] key = new byte[PathKey.MaxBytes], partial = new byte[PathCodec.MaxBytes];
            Assert.True(Windows.TryAdd(
                key.AsSpan(0, PathKey.Write(report, key)), partial.AsSpan(0, PathCodec.WritePartial(report, partial))));
        }

        public void Advance(long to)
        {
            _time = Math.Max(_time, to);
            Windows.AdvanceTime(to);
            Windows.Commit(this, this);
        }

        public List<string> End()
        {
            Advance(Minute + 3_600_000);
            return Emitted;
        }

        public IEnumerable<string> Latest() => _latest.Select(w => $"{w.Key} {w.Value}").Order(StringComparer.Ordinal);

        public byte[] Snapshot()
        {
            Windows.Commit(this, this);
            var snapshot = new ArrayBufferWriter<byte>();
            Windows.WriteSnapshot(snapshot);
            return snapshot.WrittenSpan.ToArray();
        }

        public void RestoreSnapshot()
        {
            byte[] snapshot = Snapshot();
            Windows = new PathWindows(new BandwidthOptions());
            Windows.ReadSnapshot(snapshot);
        }

        public void RestoreRows()
        {
            Windows.Commit(this, this);
            Windows = new PathWindows(new BandwidthOptions());
            foreach ((string key, byte[] value) in Rows) Windows.RestoreRow(Convert.FromHexString(key), value);
            // As the runtime does, which keeps the time of its tasks itself.
            Windows.AdvanceTime(_time);
        }

        public void Path(PathQuality window)
        {
            PathMeasure measure = window.Measures.Count > 0 ? window.Measures[0] : new PathMeasure();
            string values = $"{measure.Count} {measure.Min} {measure.Max} {measure.Mean}";
            _latest[$"{window.Time} {window.DestinationInterfaceName}"] = values;
            Emitted.Add($"{window.Time} {window.DestinationInterfaceName} {window.Revision} {values}");
        }

        public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Rows[Convert.ToHexString(key)] = value.ToArray();

        public void Delete(ReadOnlySpan<byte> key) => Assert.True(Rows.Remove(Convert.ToHexString(key)));
    }
}
