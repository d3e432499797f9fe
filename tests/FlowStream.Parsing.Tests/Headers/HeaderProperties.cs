using System.Text;
using FlowStream.Parsing.Headers;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Headers;

public sealed class HeaderProperties
{
    // What the header decides; the rest of an event is the body's.
    private static readonly string[] OfTheHeader = ["time", "host", "tag", "kind"];

    private static Gen<(RenderedEvent Event, Random Random)> EventsAndRandoms => RenderedEvent.Generator
        .SelectMany(e => Gen.Choose(0, int.MaxValue).Select(seed => (e, new Random(seed))));

    [Fact]
    public void One_body_behind_any_header_is_one_event_but_for_time_and_host() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            var header = RenderedHeader.Create(pair.Random);
            var expected = new SortedDictionary<string, string>(pair.Event.Expected, StringComparer.Ordinal);
            Set(expected, "time", header.Time);
            Set(expected, "host", header.Host);
            (string tag, string body) = Split(pair.Event);
            Assert.Equal(expected, EventFields.Parse(header.Text + tag + body));
        },
        count: 3_000);

    [Fact]
    public void A_damaged_byte_of_a_header_is_refused_or_leaves_the_body_as_it_is() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            (string tag, string body) = Split(pair.Event);
            string header = RenderedHeader.Create(pair.Random).Text + tag;
            byte[] message = Encoding.Latin1.GetBytes(header + body);
            var sessionEvent = new SessionEvent();
            for (int i = 0; i < header.Length; i++)
            {
                byte original = message[i];
                message[i] = pair.Random.Next(3) == 0 ? (byte)pair.Random.Next(256) : " -:<>[%1J\t\n,"u8[pair.Random.Next(12)];
                Refusal refusal = SyslogParser.Parse(MemoryShapes.Poisoned(message).Span, sessionEvent);
                Assert.InRange(refusal.Position, 0, message.Length);
                if (refusal.Accepted) Assert.Equal(Body(pair.Event.Expected), Body(EventFields.Of(sessionEvent)));
                message[i] = original;
            }
        },
        count: 60);

    // With enough behind it the tokens of a header are found at once, with nothing behind it one after the other.
    [Fact]
    public void A_header_is_read_alike_whatever_is_behind_its_bracket()
    {
        for (int host = 0; host <= 50; host++)
        {
            foreach (int tag in (int[])[0, 1, 2, 22, 40])
            {
                foreach (byte other in " \t\n\0!x:-"u8)
                {
                    for (int blank = 0; blank < 5; blank++)
                    {
                        byte[] header = Encoding.ASCII.GetBytes(
                            $"<14>1 2026-05-01T08:28:10.933Z {new string('h', host)} RT_FLOW - {new string('T', tag)} [");
                        int[] blanks = [.. Enumerable.Range(0, header.Length).Where(i => header[i] == ' ')];
                        header[blanks[1 + blank]] = other;
                        bool expected = SyslogHeader.TryRead(header, out MessageHeader alone);
                        Assert.Equal(expected, SyslogHeader.TryRead([.. header, .. new byte[64]], out MessageHeader followed));
                        if (expected) Assert.Equal(alone, followed);
                    }
                }
            }
        }
    }

    [Fact]
    public void The_two_ways_through_a_header_agree() => Properties.Check(
        RenderedEvent.Generator,
        e =>
        {
            byte[] message = e.Render();
            Assert.True(SyslogHeader.TryRead(message, out MessageHeader fast));
            var scanner = new HeaderScanner(message);
            Assert.True(scanner.Read(out MessageHeader slow).Accepted);
            // An empty host has a place in the one and none in the other.
            if (fast.Host.Length == 0) (fast, slow) = (fast with { Host = default }, slow with { Host = default });
            // Only one of them looks the tag up.
            Assert.Equal(fast, slow with { TagNumber = 0 });
        },
        count: 1_000);

    // The worst that 64 KiB can hold for each of the searches in a header.
    [Theory]
    [InlineData("[")]
    [InlineData("[a=\"b\" ")]
    [InlineData("<14>")]
    [InlineData("1,2 ")]
    [InlineData("1 - ")]
    [InlineData("session closed ")]
    [InlineData("RT_FLOW:")]
    [InlineData("RT_FLOW[")]
    [InlineData("A_B_C_D_E ")]
    [InlineData("May  1 08:28:10 ")]
    [InlineData("user.info ")]
    [InlineData("\uFEFF")]
    [InlineData("{ ")]
    public void A_hostile_header_takes_no_longer_than_its_limit(string piece)
    {
        byte[] unit = Encoding.UTF8.GetBytes(piece);
        byte[] message = [.. Enumerable.Repeat(unit, ParserLimits.MaxMessageBytes / unit.Length).SelectMany(b => b)];
        var sessionEvent = new SessionEvent();
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long start = TimeProvider.System.GetTimestamp();
            SyslogParser.Parse(message, sessionEvent);
            TimeSpan taken = TimeProvider.System.GetElapsedTime(start);
            if (taken < best) best = taken;
        }
        // The head is 512 bytes long and the brackets are looked through once; all of the message for each byte would be 4e9 looks.
        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
    }

    private static (string Tag, string Body) Split(RenderedEvent e)
    {
        string text = e.ToString();
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        int tag = text.LastIndexOf(' ', bracket - 2) + 1;
        return (text[tag..bracket], text[bracket..]);
    }

    private static SortedDictionary<string, string> Body(SortedDictionary<string, string> fields)
    {
        var body = new SortedDictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (string name in OfTheHeader) body.Remove(name);
        return body;
    }

    private static void Set(SortedDictionary<string, string> fields, string name, string? value)
    {
        if (value is null) fields.Remove(name);
        else fields[name] = value;
    }
}
