using System.Numerics;
using FlowStream.Sessions;
using FlowStream.Testing;

namespace FlowStream.Bandwidth.Tests;

public sealed class SpreadTests
{
    private static readonly TumblingWindows Minute = TumblingWindows.OneMinute;

    [Fact]
    public void Shares_sum_to_the_delta_for_every_counter() => ForDeltas(delta =>
    {
        Volume sum = default;
        foreach (WindowShare share in new Spread(delta, Minute)) sum += share.Volume;
        Assert.Equal(delta.Volume, sum);
    });

    [Fact]
    public void Each_share_is_what_exact_arithmetic_gives() => ForDeltas(delta =>
    {
        foreach (WindowShare share in new Spread(delta, Minute))
        {
            BigInteger expected = delta.ToMs == delta.FromMs
                ? delta.Volume.BytesFromServer
                : UpTo(delta, Minute.EndOf(share.Window)) - UpTo(delta, Minute.StartOf(share.Window));
            Assert.Equal(expected, share.Volume.BytesFromServer);
            Assert.True(share.Volume.BytesFromServer >= 0);
        }

        static BigInteger UpTo(VolumeDelta delta, long time)
        {
            long inside = Math.Clamp(time, delta.FromMs, delta.ToMs) - delta.FromMs;
            return new BigInteger(delta.Volume.BytesFromServer) * inside / (delta.ToMs - delta.FromMs);
        }
    });

    [Fact]
    public void A_delta_is_whole_when_it_has_one_share_and_then_it_is_that() => ForDeltas(delta =>
    {
        var shares = new List<WindowShare>();
        foreach (WindowShare share in new Spread(delta, Minute)) shares.Add(share);
        Assert.Equal(shares.Count == 1, Spread.IsWhole(delta, Minute, out WindowShare whole));
        if (shares.Count == 1) Assert.Equal(shares[0], whole);
    });

    [Fact]
    public void Windows_are_those_that_the_interval_crosses_in_order_without_gap() => ForDeltas(delta =>
    {
        long expected = Minute.IndexOf(delta.FromMs);
        foreach (WindowShare share in new Spread(delta, Minute)) Assert.Equal(expected++, share.Window);
        Assert.Equal(Math.Max(Minute.IndexOf(delta.FromMs), Minute.IndexOf(delta.ToMs - 1)), expected - 1);
    });

    [Fact]
    public void Five_windows_of_a_minute_hold_what_one_of_five_minutes_holds() => ForDeltas(delta =>
    {
        var minutes = new Dictionary<long, Volume>();
        foreach (WindowShare share in new Spread(delta, Minute))
            minutes[share.Window / 5] = minutes.GetValueOrDefault(share.Window / 5) + share.Volume;
        var fives = new Dictionary<long, Volume>();
        foreach (WindowShare share in new Spread(delta, new TumblingWindows(300_000))) fives[share.Window] = share.Volume;
        Assert.Equal(fives, minutes);
    });

    [Fact]
    public void Only_what_spans_windows_is_estimated() => ForDeltas(delta =>
    {
        bool spans = delta.ToMs > delta.FromMs && Minute.IndexOf(delta.FromMs) != Minute.IndexOf(delta.ToMs - 1);
        long estimated = 0;
        foreach (WindowShare share in new Spread(delta, Minute)) estimated += share.EstimatedBytes;
        Assert.Equal(spans ? delta.Volume.BytesFromClient + delta.Volume.BytesFromServer : 0, estimated);
    });

    [Fact]
    public void Shares_are_exact_up_to_the_largest_counter() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int i = 0; i < 300; i++)
        {
            VolumeDelta delta = DeltaGenerator.Draw(random);
            long bytes = long.MaxValue - (random.NextInt64() >> random.Next(1, 63));
            BigInteger before = 0;
            foreach (WindowShare share in new Spread(delta with { Volume = new Volume(bytes, 0, 0, bytes) }, Minute))
            {
                long reached = Math.Min(Minute.EndOf(share.Window), delta.ToMs) - delta.FromMs, length = delta.ToMs - delta.FromMs;
                BigInteger upTo = length == 0 ? bytes : new BigInteger(bytes) * reached / length;
                Assert.Equal(upTo - before, share.Volume.BytesFromClient);
                Assert.Equal(upTo - before, share.Volume.PacketsFromServer);
                before = upTo;
            }
            Assert.Equal(bytes, before);
        }
    });

    // Unix time has no leap second: the minute that holds one is as long as others.
    [Theory]
    [InlineData("2026-05-02T00:00:00Z")]
    [InlineData("2026-06-01T00:00:00Z")]
    [InlineData("2028-02-29T00:00:00Z")]
    [InlineData("2028-03-01T00:00:00Z")]
    [InlineData("2027-01-01T00:00:00Z")]
    [InlineData("2017-01-01T00:00:00Z")]
    public void The_end_of_a_day_a_month_a_year_or_a_leap_second_cuts_as_any_minute_does(string end)
    {
        long at = DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        WindowShare[] shares = All(new VolumeDelta(1, at - 90_000, at + 60_000, new Volume(15, 150, 30, 5)));
        Assert.Equal([Minute.IndexOf(at) - 2, Minute.IndexOf(at) - 1, Minute.IndexOf(at)], shares.Select(share => share.Window));
        Assert.Equal([new Volume(3, 30, 6, 1), new Volume(6, 60, 12, 2), new Volume(6, 60, 12, 2)], shares.Select(share => share.Volume));
    }

    [Fact]
    public void An_interval_of_no_length_goes_to_the_window_that_holds_it()
    {
        WindowShare[] shares = All(new VolumeDelta(1, 120_000, 120_000, new Volume(7, 0, 1, 0)));
        Assert.Equal([new WindowShare(2, new Volume(7, 0, 1, 0), 0, 0)], shares);
    }

    [Fact]
    public void An_interval_that_ends_on_a_boundary_leaves_the_next_window_alone()
    {
        WindowShare[] shares = All(new VolumeDelta(1, 90_000, 180_000, new Volume(9, 0, 0, 0)));
        Assert.Equal([1, 2], shares.Select(share => share.Window));
        Assert.Equal([3, 6], shares.Select(share => share.Volume.BytesFromClient));
    }

    [Theory]
    [InlineData(0, DeltaGenerator.Base)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(-5, 400_000_000_000)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void An_absurd_interval_touches_a_bounded_number_of_windows_and_loses_nothing(long from, long to)
    {
        var volume = new Volume(long.MaxValue, 1_000_003, 17, 0);
        WindowShare[] shares = All(new VolumeDelta(1, from, to, volume));
        Assert.InRange(shares.Length, 1, Spread.MaxWindows);
        Assert.Equal(volume, shares.Aggregate(default(Volume), (sum, share) => sum + share.Volume));
        Assert.All(shares.Skip(1), share => Assert.Equal(0, share.LateBytes));
    }

    [Fact]
    public void What_lies_before_the_limit_is_late_in_the_oldest_window()
    {
        // Three days with one byte a minute: two of them lie beyond the limit of a day.
        const long Day = 86_400_000;
        WindowShare[] shares = All(new VolumeDelta(1, 0, 3 * Day, new Volume(3 * 1440, 0, 0, 0)));
        Assert.Equal(1440, shares.Length);
        Assert.Equal(2880, shares[0].LateBytes);
        Assert.Equal(2881, shares[0].Volume.BytesFromClient);
        Assert.All(shares.Skip(1), share => Assert.Equal(1, share.Volume.BytesFromClient));
    }

    [Fact]
    public void Spreading_allocates_nothing()
    {
        VolumeDelta delta = new(1, 0, 4 * 3_600_000, new Volume(1_000_000_007, 5, 7, 11));
        long sum = Sum(delta);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Sum(delta);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(2 * 1_000_000_007L, sum);

        static long Sum(in VolumeDelta delta)
        {
            long sum = 0;
            foreach (WindowShare share in new Spread(delta, Minute)) sum += share.Volume.BytesFromClient;
            return sum;
        }
    }

    private static WindowShare[] All(VolumeDelta delta)
    {
        var shares = new List<WindowShare>();
        foreach (WindowShare share in new Spread(delta, Minute)) shares.Add(share);
        return [.. shares];
    }

    private static void ForDeltas(Action<VolumeDelta> claim) => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        for (int i = 0; i < 300; i++) claim(DeltaGenerator.Draw(random));
    });
}
