using System.Text;
using FlowStream.Parsing;
using FlowStream.Producers.Replay;

namespace FlowStream.Producers.Tests.Replay;

public sealed class LogLineReaderTests
{
    private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch;

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
            using var reader = new LogLineReader(new SteppedStream(text, step), First);
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
        using var reader = new LogLineReader(new MemoryStream(text), First);
        var times = new List<long>();
        while (reader.Read()) times.Add(reader.Timestamp);

        long stated =
            DateTimeOffset.Parse("2026-05-01T08:28:10.933Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        Assert.Equal([0, stated, stated], times);
    }

    private static List<string> LinesOf(byte[] text, int step)
    {
        using var reader = new LogLineReader(new SteppedStream(text, step), First);
        var lines = new List<string>();
        while (reader.Read()) lines.Add(Encoding.ASCII.GetString(reader.Line));
        return lines;
    }

    private sealed class SteppedStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
