using System.Text;
using FlowStream.Parsing;
using FlowStream.Producers.Replay;

namespace FlowStream.Producers.Tests.Replay;

public sealed class LogLineReaderTests
{
    private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Last = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\nb")]
    [InlineData("\n\na\n\nb\n\n")]
    public void Lines_come_one_by_one_and_empty_ones_are_passed_over(string text)
    {
        Assert.Equal(["a", "b"], LinesOf(Encoding.ASCII.GetBytes(text), 1 << 16));
    }

    [Fact]
    public void However_the_stream_delivers_its_bytes_the_lines_are_the_same()
    {
        byte[] text = Encoding.ASCII.GetBytes("first\n\nsecond line\r\nthird");
        for (int step = 1; step <= text.Length; step++)
            Assert.Equal(["first", "second line\r", "third"], LinesOf(text, step));
    }

    [Theory]
    [InlineData(ParserLimits.MaxMessageBytes, 0)]
    [InlineData(ParserLimits.MaxMessageBytes + 1, 1)]
    [InlineData(1_000_000, 1)]
    public void A_line_beyond_the_limit_is_counted_and_the_next_one_is_read(int length, int tooLong)
    {
        byte[] text = Encoding.ASCII.GetBytes("a\n" + new string('x', length) + "\nb\n");
        foreach (int step in new[] { 1000, 65_536, 1 << 20 })
        {
            using var reader = new LogLineReader(new SteppedStream(text, step), First, Last);
            int lines = 0;
            while (reader.Read()) lines++;
            Assert.Equal((3 - tooLong, (long)tooLong), (lines, reader.TooLong));
        }
    }

    [Fact]
    public void A_line_has_its_own_time_or_that_of_the_line_before_it()
    {
        byte[] text = Encoding.ASCII.GetBytes(
            "no time yet\n"
            + "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CREATE [junos@2636.1.1.1.2.129 a=\"b\"]\n"
            + "no time either\n");
        using var reader = new LogLineReader(new MemoryStream(text), First, Last);
        var times = new List<long>();
        while (reader.Read()) times.Add(reader.Timestamp);

        long stated =
            DateTimeOffset.Parse("2026-05-01T08:28:10.933Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        Assert.Equal([0, stated, stated], times);
    }

    [Theory]
    [InlineData("Mar  1 09:00:00", "2026-03-01T09:00:00")]
    [InlineData("Mar  2 00:00:00", "2025-03-02T00:00:00")]
    [InlineData("Dec 31 23:59:59|Jan  1 00:00:01|Dec 31 23:59:58", "2025-12-31T23:59:59|2026-01-01T00:00:01|2025-12-31T23:59:58")]
    [InlineData("Feb 29 12:00:00|Mar  1 00:00:00", "2024-02-29T12:00:00|2024-03-01T00:00:00")]
    [InlineData("Jun  1 2021 00:00:00|Nov  1 00:00:00|Feb  1 00:00:00", "2021-06-01T00:00:00|2021-11-01T00:00:00|2022-02-01T00:00:00")]
    public void A_line_without_a_year_has_that_of_its_neighbour_or_the_last_before_the_file_was_written(string times, string expected)
    {
        string text = string.Concat(times.Split('|').Select(time => $"{time} fw1 RT_FLOW: RT_FLOW_SESSION_CREATE: -\n"));
        Assert.Equal(expected.Split('|'), TimesOf(text).Select(time => time.ToString("yyyy-MM-ddTHH:mm:ss", Invariant)));
    }

    [Fact]
    public void Lines_that_are_less_than_half_a_year_apart_keep_their_years_whatever_the_years()
    {
        FlowStream.Testing.Properties.WithSeed(seed =>
        {
            var random = new Random((int)seed);
            var time = new DateTime(1990 + random.Next(30), 1 + random.Next(12), 1 + random.Next(28));
            var times = new List<DateTime>();
            for (int i = 0; i < 200 && time < Last; i++, time = time.AddSeconds(random.Next(-86_400, 150 * 86_400))) times.Add(time);
            // The first states its year, as a file of mixed devices has lines that do.
            string text = string.Concat(times.Select((t, i) =>
                t.ToString(i == 0 ? "MMM d yyyy HH:mm:ss" : "MMM d HH:mm:ss", Invariant) + " fw1 RT_FLOW: RT_FLOW_SESSION_CREATE: -\n"));
            Assert.Equal(times, TimesOf(text));
        });
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static List<DateTime> TimesOf(string text)
    {
        using var reader = new LogLineReader(new MemoryStream(Encoding.ASCII.GetBytes(text)), First, Last);
        var times = new List<DateTime>();
        while (reader.Read()) times.Add(DateTime.UnixEpoch.AddMilliseconds(reader.Timestamp));
        return times;
    }

    private static List<string> LinesOf(byte[] text, int step)
    {
        using var reader = new LogLineReader(new SteppedStream(text, step), First, Last);
        var lines = new List<string>();
        while (reader.Read()) lines.Add(Encoding.ASCII.GetString(reader.Line));
        return lines;
    }

    private sealed class SteppedStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
