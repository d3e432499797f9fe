using System.Text;
using FlowStream.Producers.Framing;
using FlowStream.Testing;

namespace FlowStream.Producers.Tests.Framing;

public sealed class SyslogFramerTests
{
    private const int Limit = 64;

    [Fact]
    public void Counted_frames_and_lines_may_follow_each_other_in_any_order()
    {
        Assert.Equal(
            ["<14>1 a", "<14>1 b", "<14>1 c\nd", "plain line"],
            FramesOf("7 <14>1 a<14>1 b\n9 <14>1 c\nd\nplain line\n"));
    }

    [Theory]
    [InlineData("42 2016-05-25T14:47:23Z fw1 text\n", "42 2016-05-25T14:47:23Z fw1 text")]
    [InlineData("12345678 <14>1 more digits than a count has\n", "12345678 <14>1 more digits than a count has")]
    [InlineData("7<14>1 no blank\n", "7<14>1 no blank")]
    public void A_line_that_begins_with_a_number_is_a_line(string stream, string line)
    {
        Assert.Equal([line], FramesOf(stream));
    }

    [Fact]
    public void A_line_feed_inside_a_counted_frame_belongs_to_it()
    {
        Assert.Equal(["<14>1 a\nb\n"], FramesOf("10 <14>1 a\nb\n"));
    }

    [Fact]
    public void A_last_line_without_its_end_is_a_message()
    {
        Assert.Equal(["one", "two"], FramesOf("one\ntwo"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("12 ")]
    [InlineData("12 <14>1 short")]
    public void A_counted_frame_that_never_ends_is_rejected_as_unfinished(string stream)
    {
        var framer = new SyslogFramer(Limit);
        byte[] bytes = Encoding.ASCII.GetBytes(stream);

        Assert.Equal(FrameStatus.Incomplete, framer.Next(bytes).Status);
        Assert.Equal(new FrameResult(FrameStatus.Rejected, bytes.Length, Reason: RejectReason.UnfinishedFrame), framer.End(bytes));
    }

    [Fact]
    public void A_line_that_is_too_long_is_rejected_once_and_the_next_one_is_read()
    {
        string stream = new string('x', 5 * Limit) + "\nnext\n";

        (List<string> frames, List<RejectReason> rejected) = Run(new SyslogFramer(Limit), Encoding.ASCII.GetBytes(stream), Limit + 1);

        Assert.Equal(["next"], frames);
        Assert.Equal([RejectReason.TooLong], rejected);
    }

    [Fact]
    public void The_longest_line_that_is_allowed_is_read()
    {
        string line = new('x', Limit);
        Assert.Equal([line], FramesOf(line + "\n"));
    }

    [Fact]
    public void A_count_beyond_the_limit_gives_the_stream_up()
    {
        FrameResult result = new SyslogFramer(Limit).Next(Encoding.ASCII.GetBytes($"{Limit + 1} <14>1 whatever follows"));

        Assert.Equal(FrameStatus.Lost, result.Status);
        Assert.Equal(RejectReason.TooLong, result.Reason);
    }

    [Fact]
    public void An_empty_line_is_counted_but_a_line_end_after_a_counted_frame_is_not()
    {
        (List<string> frames, List<RejectReason> rejected) =
            Run(new SyslogFramer(Limit), Encoding.ASCII.GetBytes("5 <1>1a\n\n<1>1b\n\n"), int.MaxValue);

        Assert.Equal(["<1>1a", "<1>1b"], frames);
        Assert.Equal([RejectReason.Empty], rejected);
    }

    [Fact]
    public void However_the_stream_is_cut_the_frames_are_the_same()
    {
        byte[] stream = Encoding.ASCII.GetBytes(
            "7 <14>1 aline\n\n12 <14>1 b\nlong<165>1 c\r\n3 <9>" + new string('y', 80) + "\nz\nx<14>1 2026-05-14T01"
            + "y]40 <14>1 2026-05-14T02\n23 <14>May 14 01:51:09 z]\n" + new string('y', 60)
            + "<14>1 2026-05-14T03\n61 <14>1 2026-05-14T04\nx");
        string expected = Describe(Run(new SyslogFramer(Limit), stream, int.MaxValue));

        for (int step = 1; step < stream.Length; step++)
            Assert.Equal(expected, Describe(Run(new SyslogFramer(Limit), stream, step)));
    }

    // Messages joined with no count and no line end, in every way seen; each is 24 bytes long.
    [Theory]
    [InlineData("<28>1 2026-05-14T01 0(0)<28>1 2026-05-14T02 0(0)\n")]
    [InlineData("<28>1 2026-05-14T01 0(0)<28>1 2026-05-14T02 0(0)")]
    [InlineData("24 <28>1 2026-05-14T01 0(0)<28>1 2026-05-14T02 0(0)")]
    [InlineData("<28>May 14 01:51:08 0(0)<28>May 14 01:51:09 0(0)\n")]
    public void Two_messages_with_nothing_between_them_are_two(string stream) => AssertCut(
        stream, [.. stream[stream.IndexOf('<', StringComparison.Ordinal)..].TrimEnd('\n').Chunk(24).Select(chunk => new string(chunk))]);

    [Fact]
    public void A_stream_that_begins_inside_a_message_is_followed_from_the_next_count_on() => AssertCut(
        "5005.north x=\"y\"]24 <28>1 2026-05-14T01 0(0)24 <28>1 2026-05-14T02 0(0)",
        "5005.north x=\"y\"]", "<28>1 2026-05-14T01 0(0)", "<28>1 2026-05-14T02 0(0)");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(25)]
    [InlineData(39)]
    public void A_count_that_is_too_large_does_not_swallow_the_next_message(int surplus)
    {
        string count = (24 + surplus).ToString(System.Globalization.CultureInfo.InvariantCulture);
        List<string> frames = FramesOf(string.Concat(Enumerable.Range(1, 4).Select(i => $"{count} <28>1 2026-05-14T0{i} 0(0)\n")));

        // A surplus that ends inside the next count leaves it behind the message, where the parser sees what it is.
        Assert.Equal(
            Enumerable.Range(1, 4).Select(i => $"<28>1 2026-05-14T0{i} 0(0)"),
            frames.Select(frame => frame.Trim().Split('\n')[0]));
    }

    [Theory]
    [InlineData("<13>May 14 01:51:08 relay <28>1 2026-05-14T01 x\n")]
    [InlineData("<13>1 2026-05-14T01 relay x=\"<28>1 2026-05-14T01\"\n")]
    [InlineData("<13>May 14 01:51:08 5 <28>1 2026-05-14T01 x\n")]
    [InlineData("<13>May 14 01:51:08 a<28>2 2026-05-14T01 x\n")]
    [InlineData("\u00EF\u00BB\u00BF<28>1 2026-05-14T01 x\n")]
    public void A_header_that_a_message_holds_is_no_boundary(string line) => Assert.Equal(
        [line.TrimEnd('\n')], Run(new SyslogFramer(Limit), Encoding.Latin1.GetBytes(line), int.MaxValue).Frames);

    [Fact]
    public void No_bytes_make_it_throw_stand_still_or_reach_beyond_them()
    {
        Properties.Check<byte[]>(bytes =>
        {
            byte[] stream = bytes ?? [];
            (List<string> frames, _) = Run(new SyslogFramer(Limit), stream, 7);
            Assert.All(frames, frame => Assert.InRange(frame.Length, 1, Limit));
        });
    }

    [Fact]
    public void Whatever_messages_are_framed_either_way_come_out_again()
    {
        Properties.WithSeed(seed =>
        {
            var random = new Random((int)seed);
            for (int run = 0; run < 500; run++)
            {
                var expected = new List<string>();
                var stream = new StringBuilder();
                for (int i = random.Next(1, 6); i > 0; i--)
                {
                    string message = "<" + random.Next(192) + ">1 " + new string((char)random.Next('a', 'z'), random.Next(0, 40));
                    bool counted = random.Next(2) == 0;
                    if (counted && random.Next(2) == 0) message += "\n" + message.Length;
                    expected.Add(message);
                    stream.Append(counted ? $"{message.Length} {message}" : message + "\n");
                }
                byte[] bytes = Encoding.ASCII.GetBytes(stream.ToString());
                Assert.Equal(expected, Run(new SyslogFramer(Limit), bytes, random.Next(1, 50)).Frames);
            }
        });
    }

    // However it is cut, as one read or byte by byte.
    private static void AssertCut(string stream, params string[] frames)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(stream);
        for (int step = 1; step <= bytes.Length; step++)
            Assert.Equal(frames, Run(new SyslogFramer(Limit), bytes, step).Frames);
    }

    private static List<string> FramesOf(string stream) =>
        Run(new SyslogFramer(Limit), Encoding.ASCII.GetBytes(stream), int.MaxValue).Frames;

    private static string Describe((List<string> Frames, List<RejectReason> Rejected) run) =>
        string.Join('|', run.Frames) + " ! " + string.Join('|', run.Rejected);

    // Feeds the stream in steps as a connection does, and checks that each answer makes progress.
    private static (List<string> Frames, List<RejectReason> Rejected) Run(SyslogFramer framer, byte[] stream, int step)
    {
        var frames = new List<string>();
        var rejected = new List<RejectReason>();
        int start = 0, end = 0;
        while (end < stream.Length)
        {
            end = (int)Math.Min((long)end + Math.Min(step, framer.BufferBytes - (end - start)), stream.Length);
            while (framer.Next(stream.AsSpan(start, end - start)) is { Status: not FrameStatus.Incomplete } result)
            {
                Take(result);
                if (result.Status == FrameStatus.Lost) return (frames, rejected);
            }
            Assert.True(end - start < framer.BufferBytes, "A full buffer without an answer would stand still for ever.");
        }
        while (framer.End(stream.AsSpan(start, end - start)) is { Status: not FrameStatus.Incomplete } last) Take(last);
        return (frames, rejected);

        void Take(in FrameResult result)
        {
            Assert.InRange(result.Consumed, 1, end - start);
            if (result.Status == FrameStatus.Frame)
                frames.Add(Encoding.Latin1.GetString(stream, start + result.Start, result.Length));
            else if (result.Status is FrameStatus.Rejected or FrameStatus.Lost)
                rejected.Add(result.Reason);
            start += result.Consumed;
        }
    }
}
