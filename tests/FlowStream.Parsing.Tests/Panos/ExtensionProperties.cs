using System.Text;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class ExtensionProperties
{
    [Fact]
    public void What_is_rendered_parses_to_what_was_rendered() => Properties.Check(
        RenderedTraffic.Generator,
        e => Assert.Equal(e.Expected, EventFields.Parse(e.ToString())),
        count: 2_000);

    [Fact]
    public void A_prefix_or_a_damaged_byte_never_throws_and_nothing_beside_the_message_is_read() => Properties.Check(
        RenderedTraffic.Generator.SelectMany(e => Gen.Choose(0, int.MaxValue).Select(seed => (e, new Random(seed)))),
        pair =>
        {
            (RenderedTraffic rendered, Random random) = pair;
            foreach (byte[] prefix in MemoryShapes.Prefixes(rendered.Message)) ParseTwice(prefix);
            byte[] message = rendered.Message;
            for (int i = 0; i < message.Length; i++)
            {
                byte original = message[i];
                message[i] = random.Next(3) == 0 ? (byte)random.Next(256) : "= |\\\t\0:,x"u8[random.Next(9)];
                ParseTwice(message);
                message[i] = original;
            }
        },
        count: 20);

    [Theory]
    [InlineData("a=")]
    [InlineData("=")]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("\\")]
    [InlineData("\\=")]
    [InlineData("a =")]
    [InlineData("|")]
    [InlineData("\\|")]
    [InlineData("x= ")]
    [InlineData("a=\\ ")]
    public void The_longest_message_of_the_worst_shape_is_answered_at_once(string piece)
    {
        string[] heads =
        [
            "CEF:0|", "CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|", "CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|k=",
            "LEEF:1.0|Palo Alto Networks|PAN-OS|1|allow|", "LEEF:2.0|Palo Alto Networks|PAN-OS|1|allow| |k=",
            "LEEF:2.0|Palo Alto Networks|PAN-OS|1|allow|x7C|k=",
        ];
        long start = TimeProvider.System.GetTimestamp();
        foreach (string head in heads)
        {
            byte[] message = new byte[ParserLimits.MaxMessageBytes];
            Encoding.ASCII.GetBytes(head, message);
            for (int i = head.Length; i < message.Length; i++) message[i] = (byte)piece[(i - head.Length) % piece.Length];
            for (int i = 0; i < 20; i++) ParseTwice(message);
        }
        // Milliseconds when linear; a quadratic reader takes many minutes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Messages_are_read_without_allocating()
    {
        byte[][] messages = [.. RenderedTraffic.Generator.Sample(40).Select(e => e.Message)];
        var parsed = new SessionEvent();
        foreach (byte[] message in messages) Assert.True(SyslogParser.Parse(message, parsed).Accepted);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            foreach (byte[] message in messages) SyslogParser.Parse(message, parsed);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ParseTwice(byte[] message)
    {
        var used = new SessionEvent();
        SyslogParser.Parse("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|cs1=old src=192.0.2.1 x=y"u8, used);
        var fresh = new SessionEvent();
        Refusal first = SyslogParser.Parse(MemoryShapes.Poisoned(message).Span, used), second = SyslogParser.Parse(message, fresh);
        Assert.Equal(second, first);
        Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
        Assert.Equal(first.Accepted, used.Kind != EventKind.None);
        Assert.InRange(first.Position, 0, message.Length);
    }
}
