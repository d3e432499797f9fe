using System.Globalization;
using System.Text;
using FlowStream.Parsing.Headers;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

public sealed class TimestampReaderTests
{
    [Theory]
    [InlineData("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z")]
    [InlineData("1985-04-12T19:20:50.52-04:00", "1985-04-12T23:20:50.520Z")]
    [InlineData("2003-10-11T22:14:15.003Z", "2003-10-11T22:14:15.003Z")]
    [InlineData("2003-08-24T05:14:15.000003-07:00", "2003-08-24T12:14:15.000Z")]
    [InlineData("2003-08-24T05:14:15.000000003-07:00", "2003-08-24T12:14:15.000Z")]
    [InlineData("2011-08-28T21:14:43", "2011-08-28T21:14:43.000")]
    [InlineData("2013-01-19T15:18:17.040", "2013-01-19T15:18:17.040")]
    [InlineData("2016-12-17T19:46:29.585+5:00", "2016-12-17T14:46:29.585Z")]
    [InlineData("2016-12-17T19:46:29.5+13:45", "2016-12-17T06:01:29.500Z")]
    [InlineData("2016-12-17T19:46:29.5-0:30", "2016-12-17T20:16:29.500Z")]
    [InlineData("2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00.000Z")]
    [InlineData("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z")]
    [InlineData("1970-01-01T00:00:00+23:59", "1969-12-31T00:01:00.000Z")]
    [InlineData("9998-12-31T23:59:59.999-23:59", "9999-01-01T23:58:59.999Z")]
    public void A_form_of_the_timestamp_is_read(string text, string expected)
    {
        Assert.True(TimestampReader.TryRead(Encoding.ASCII.GetBytes(text), out DeviceTime time));
        Assert.Equal(expected, EventFields.Format(time));
    }

    [Fact]
    public void Every_byte_at_every_place_of_a_fraction_is_a_digit_or_refused()
    {
        for (int length = 1; length <= 9; length++)
        {
            for (int place = 0; place < length; place++)
            {
                for (int b = 0; b < 256; b++)
                {
                    byte[] text = [.. "2026-05-01T08:28:10."u8, .. "907816345"u8[..length], .. "+02:00"u8];
                    text[20 + place] = (byte)b;
                    Assert.Equal(char.IsAsciiDigit((char)b), TimestampReader.TryRead(text, out DeviceTime time));
                    if (!char.IsAsciiDigit((char)b)) continue;
                    string fraction = Encoding.ASCII.GetString(text, 20, length).PadRight(3, '0')[..3];
                    Assert.Equal(int.Parse(fraction, CultureInfo.InvariantCulture), time.LocalMilliseconds % 1000);
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-01T08:28:1")]
    [InlineData("2026-05-01 08:28:10Z")]
    [InlineData("2026-05-01t08:28:10z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-05-00T00:00:00Z")]
    [InlineData("2026-04-31T00:00:00Z")]
    [InlineData("2026-05-01T24:00:00Z")]
    [InlineData("2026-05-01T00:60:00Z")]
    [InlineData("2026-05-01T00:00:60Z")]
    [InlineData("2026-05-01T00: 6:15.274")]
    [InlineData("2026-05-01T00:00:00.Z")]
    [InlineData("2026-05-01T00:00:00.1234567890Z")]
    [InlineData("2026-05-01T00:00:00+")]
    [InlineData("2026-05-01T00:00:00+05")]
    [InlineData("2026-05-01T00:00:00+:00")]
    [InlineData("2026-05-01T00:00:00+005:00")]
    [InlineData("2026-05-01T00:00:00+24:00")]
    [InlineData("2026-05-01T00:00:00+05:60")]
    [InlineData("2026-05-01T00:00:00ZZ")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-01-01T00:00:00Z")]
    public void Text_that_is_no_timestamp_is_not_read(string text) =>
        Assert.False(TimestampReader.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_time_with_any_other_byte_in_place_of_a_digit_or_a_mark_is_none()
    {
        byte[] text = "2026-12-21T18:28:15"u8.ToArray();
        for (int position = 0; position < text.Length; position++)
        {
            for (int b = 0; b < 256; b++)
            {
                byte[] changed = [.. text];
                changed[position] = (byte)b;
                string printed = Encoding.Latin1.GetString(changed);
                bool expected = DateTime.TryParseExact(
                    printed, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime moment)
                    && moment.Year is >= 1970 and <= 9998;
                Assert.Equal(expected, TimestampReader.TryRead(changed, out DeviceTime time));
                if (expected) Assert.Equal((long)(moment - DateTime.UnixEpoch).TotalMilliseconds, time.LocalMilliseconds);
            }
        }
    }

    [Fact]
    public void Every_moment_agrees_with_the_framework() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            DateTimeOffset time = new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero)
                .AddMilliseconds(random.NextInt64(250_000_000_000_000))
                .ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));
            string text = time.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            Assert.True(TimestampReader.TryRead(Encoding.ASCII.GetBytes(text), out DeviceTime read), text);
            Assert.Equal(time.ToUnixTimeMilliseconds(), read.UnixMilliseconds);
        },
        count: 5_000);
}
