using FlowStream.Parsing;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Sessions.Tests;

public sealed class EventTimeTests
{
    private const long Minute = 60_000;
    private const long MaxSkew = 5 * Minute;

    // Everything a message's time may leave out, for any true moment, zone, and time under way.
    [Fact]
    public void Year_and_zone_are_inferred_exactly_from_the_time_of_receipt() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            DateTime moment = Moment(random);
            int offset = random.Next(-48, 57) * 15;
            long writtenAfter = random.Next(2) * random.NextInt64(60 * Minute);
            long record = Unix(moment) + writtenAfter + random.NextInt64(-MaxSkew + 1, MaxSkew);
            foreach (DeviceTime printed in Forms(moment.AddMinutes(offset), offset))
            {
                if (record < 0 || (!printed.HasYear && writtenAfter != 0)) continue;
                Assert.Equal(
                    new EventTime(Unix(moment), Unix(moment), false), EventTime.Resolve(printed, writtenAfter, record, MaxSkew));
            }
        },
        count: 5_000);

    [Theory]
    [InlineData("2026-12-31T23:59:59", "2027-01-01T00:00:01")]
    [InlineData("2027-01-01T00:00:01", "2026-12-31T23:59:59")]
    [InlineData("2024-02-29T12:00:00", "2024-02-29T12:00:01")]
    [InlineData("2024-02-29T23:59:59", "2024-03-01T00:00:00")]
    public void New_year_and_the_leap_day_are_days_like_others(string time, string received)
    {
        long expected = Unix(Parse(time));
        foreach (int offset in new[] { 0, 840, -720 })
        {
            DeviceTime printed = WithoutYear(Parse(time).AddMinutes(offset), null);
            Assert.Equal(new EventTime(expected, expected, false), EventTime.Resolve(printed, 0, Unix(Parse(received)), MaxSkew));
        }
    }

    [Fact]
    public void A_leap_day_in_a_year_without_one_is_a_wrong_clock()
    {
        long record = Unix(Parse("2026-03-01T00:00:00"));
        DeviceTime printed = WithoutYear(Parse("2024-02-29T00:00:00"), null);

        var time = EventTime.Resolve(printed, 0, record, MaxSkew);

        Assert.True(time.Substituted);
        Assert.Equal(record, time.UnixMilliseconds);
    }

    [Fact]
    public void A_clock_that_is_too_far_off_gives_way_to_the_time_of_receipt()
    {
        long record = Unix(Parse("2026-05-01T08:28:10"));
        foreach (DeviceTime printed in Forms(Parse("2026-05-03T08:28:10"), 0))
        {
            var time = EventTime.Resolve(printed, 0, record, MaxSkew);
            Assert.Equal((record, true), (time.UnixMilliseconds, time.Substituted));
            Assert.Equal(Unix(Parse("2026-05-03T08:28:10")), time.DeviceMilliseconds);
        }
    }

    private static IEnumerable<DeviceTime> Forms(DateTime local, int offset) =>
    [
        new(Unix(local), (short)offset),
        new(Unix(local), null),
        WithoutYear(local, (short)offset),
        WithoutYear(local, null),
    ];

    private static DeviceTime WithoutYear(DateTime local, short? offset) => new(
        Unix(new DateTime(DeviceTime.YearOfNone, local.Month, local.Day) + local.TimeOfDay), offset, HasYear: false);

    // One in three is near New Year or the leap day, where the year matters.
    private static DateTime Moment(Random random)
    {
        DateTime near = random.Next(6) switch
        {
            0 => new DateTime(random.Next(1971, 2200), 1, 1),
            1 => new DateTime(random.Next(493, 524) * 4, 2, 29),
            _ => new DateTime(random.NextInt64(new DateTime(1971, 1, 1).Ticks, new DateTime(2200, 1, 1).Ticks)),
        };
        return near.AddMilliseconds(random.Next(-2 * 86_400_000, 2 * 86_400_000)).AddTicks(-(near.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long Unix(DateTime time) => (long)(time - DateTime.UnixEpoch).TotalMilliseconds;
}
