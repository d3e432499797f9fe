using System.Text;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

public sealed class PartialWindowsTests
{
    private static readonly BandwidthOptions Options = new() { Early = true, Longer = false };

    [Fact]
    public void Sums_over_windows_and_keys_are_the_sums_of_what_was_added() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        var stage = new BandwidthStage(Options);
        Volume total = default;
        int opened = 0;
        for (int i = 0; i < 500; i++)
        {
            VolumeDelta delta = DeltaGenerator.Draw(random);
            var dimensions = new SessionDimensions("fw1"u8, Encoding.UTF8.GetBytes($"APP{random.Next(20)}"));
            partials.Add(delta, dimensions);
            total += delta.Volume;
            partials.Count(SessionCount.Opened, 1, delta.FromMs, dimensions);
            opened++;
            if (random.Next(100) == 0) partials.Drain(stage);
        }
        partials.Drain(stage);
        stage.Commit();
        Assert.Equal(total, stage.Sum("total").Volume);
        Assert.Equal(opened, stage.Sum("total").Opened);
        Assert.Equal(stage.Sum("total"), stage.Sum("application"));
    });

    [Fact]
    public void What_is_booked_and_taken_back_leaves_no_partial()
    {
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        var dimensions = new SessionDimensions("fw1"u8, "HTTP"u8);
        var delta = new VolumeDelta(1, 5_000, 3_600_000, new Volume(1_000_003, 77, 13, 1));
        partials.Add(delta, dimensions);
        partials.Count(SessionCount.Closed, 1, 5_000, dimensions);
        partials.Add(delta with { Sign = -1 }, dimensions);
        partials.Count(SessionCount.Closed, -1, 5_000, dimensions);
        var stage = new BandwidthStage(Options);
        partials.Drain(stage);
        Assert.Empty(stage.Partials);
    }

    [Fact]
    public void A_drain_leaves_nothing_behind()
    {
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        partials.Add(new VolumeDelta(1, 0, 10, new Volume(1, 0, 0, 0)), new SessionDimensions("fw1"u8, "HTTP"u8));
        partials.Drain(new BandwidthStage(Options));
        var second = new BandwidthStage(Options);
        partials.Drain(second);
        Assert.Empty(second.Partials);
    }

    [Fact]
    public void Partials_of_one_key_have_one_key_whatever_the_window()
    {
        var partials = new PartialWindows([Aggregation.Application], TumblingWindows.OneMinute);
        var stage = new BandwidthStage(Options);
        for (int i = 0; i < 10; i++)
        {
            partials.Count(SessionCount.Opened, 1, i * 7_200_000L, new SessionDimensions("fw1"u8, "HTTP"u8));
            partials.Drain(stage);
        }
        Assert.Single(stage.Partials.Select(partial => Convert.ToHexString(partial.Key)).Distinct());
    }

    [Fact]
    public void More_windows_than_one_record_holds_go_into_several()
    {
        var partials = new PartialWindows([Aggregation.Total], TumblingWindows.OneMinute);
        for (int i = 0; i < 5_000; i++) partials.Count(SessionCount.Denied, 1, i * 60_000L, default);
        var stage = new BandwidthStage(Options with { Retention = TimeSpan.FromDays(30) });
        partials.Drain(stage);
        stage.Commit();
        Assert.Equal(3, stage.Partials.Count);
        Assert.Equal(5_000, stage.Emitted.Count);
        Assert.Equal(5_000, stage.Sum("total").Denied);
    }

    [Fact]
    public void A_session_without_a_value_is_counted_under_a_key_without_it()
    {
        var partials = new PartialWindows([Aggregation.Parse("both=application,device_host")], TumblingWindows.OneMinute);
        partials.Count(SessionCount.Opened, 1, 0, new SessionDimensions("fw1"u8, default));
        partials.Count(SessionCount.Opened, 1, 0, new SessionDimensions("fw1"u8, "HTTP"u8));
        var stage = new BandwidthStage(Options);
        partials.Drain(stage);
        stage.Commit();
        Assert.Equal(["both/device_host=fw1,application=HTTP/0", "both/device_host=fw1/0"], stage.Last.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hostile_values_are_cut_between_characters_and_repaired()
    {
        var partials = new PartialWindows([Aggregation.Application], TumblingWindows.OneMinute);
        partials.Count(SessionCount.Opened, 1, 0, new SessionDimensions(default, Encoding.UTF8.GetBytes(new string('漢', 30_000))));
        partials.Count(SessionCount.Opened, 1, 0, new SessionDimensions(default, new byte[] { (byte)'a', 0xFF, 0xC0 }));
        var garbage = new byte[60_000];
        Array.Fill(garbage, (byte)0xFF);
        partials.Count(SessionCount.Opened, 1, 0, new SessionDimensions(default, garbage));
        var stage = new BandwidthStage(Options);
        partials.Drain(stage);
        stage.Commit();
        string[] expected =
        [
            $"application/application={new string('漢', 80)}/0",
            "application/application=a\uFFFD\uFFFD/0",
            $"application/application={new string('\uFFFD', 80)}/0",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), stage.Last.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Known_keys_cost_no_allocation()
    {
        var partials = new PartialWindows(Aggregation.Defaults, TumblingWindows.OneMinute);
        var sink = new NoPartialOutput();
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            if (round == 2) before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2_000; i++)
            {
                Span<byte> application = [(byte)'A', (byte)('A' + (i % 26)), (byte)('A' + (i % 7))];
                var dimensions = new SessionDimensions("fw1"u8, application);
                partials.Add(new VolumeDelta(1, i * 100, (i * 100) + 90_000, new Volume(i, 2, 3, 4)), dimensions);
                partials.Count(SessionCount.Opened, 1, i * 100, dimensions);
            }
            partials.Drain(sink);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sink.Count > 0);
    }

    [Theory]
    [InlineData("Total")]
    [InlineData("")]
    [InlineData("a=nothing")]
    [InlineData("a=application,application")]
    [InlineData("a=zone_pair,source_zone_name")]
    public void A_bad_aggregation_is_refused(string text) => Assert.Throws<ArgumentException>(() => Aggregation.Parse(text));

    [Fact]
    public void A_dimension_that_does_not_exist_is_refused_with_those_that_do()
    {
        string message = Assert.Throws<ArgumentException>(() => Aggregation.Parse("a=zone")).Message;
        Assert.Contains("'zone'", message, StringComparison.Ordinal);
        foreach (string name in DimensionNames.All) Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<Dimension>().Length + 1, DimensionNames.All.Count());
        Assert.Equal([Dimension.SourceZone, Dimension.DestinationZone], Aggregation.Parse("a=zone_pair").Dimensions);
        Assert.Same(Aggregation.Defaults[2], Aggregation.Parse("user"));
    }

    [Fact]
    public void Two_aggregations_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new PartialWindows([Aggregation.Total, Aggregation.Total], TumblingWindows.OneMinute));

    private sealed class NoPartialOutput : IPartialOutput
    {
        public int Count { get; private set; }

        public void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Count++;
    }
}
