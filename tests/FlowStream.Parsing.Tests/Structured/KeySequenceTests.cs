using System.Text;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Structured;

public sealed class KeySequenceTests
{
    private static Gen<(RenderedEvent[] Events, Random Random)> EventsAndRandoms =>
        from events in Gen.ArrayOf(RenderedEvent.Generator, 3)
        from seed in Gen.Choose(0, int.MaxValue)
        select (events, new Random(seed));

    [Fact]
    public void What_an_event_learnt_from_the_messages_before_changes_nothing_it_reads() => Properties.Check(
        EventsAndRandoms,
        drawn =>
        {
            SessionEvent[] several = SessionEvent.Several(3);
            for (int i = 0; i < 40; i++)
            {
                SessionEvent used = several[i % several.Length];
                byte[] message = Draw(drawn.Events[drawn.Random.Next(drawn.Events.Length)], drawn.Random);
                var fresh = new SessionEvent();
                Refusal expected = SyslogParser.Parse(message, fresh);
                Assert.Equal(expected, SyslogParser.Parse(MemoryShapes.Poisoned(message).Span, used));
                Assert.Equal(fresh.Repairs, used.Repairs);
                if (expected.Accepted) Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
            }
        });

    [Fact]
    public void A_message_read_again_is_read_the_same_at_every_length()
    {
        byte[] message = "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.129 "u8.ToArray();
        IEnumerable<string> keys = FieldTable.Definitions.SelectMany(d => d.Keys.Select(key => $"{key.Name}=\"{Value(d.Kind)}\""));
        message = [.. message, .. Encoding.ASCII.GetBytes(string.Join(' ', keys)), (byte)']'];
        var used = new SessionEvent();
        foreach (byte[] prefix in MemoryShapes.Prefixes(message).Reverse())
        {
            SyslogParser.Parse(message, used);
            var fresh = new SessionEvent();
            Refusal expected = SyslogParser.Parse(prefix, fresh);
            Assert.Equal(expected, SyslogParser.Parse(prefix, used));
            Assert.Equal((fresh.Repairs, fresh.ExtraCount, fresh.Present), (used.Repairs, used.ExtraCount, used.Present));
        }
    }

    private static string Value(FieldKind kind) => kind == FieldKind.Address ? "192.0.2.7" : "7";

    // As printed, in another order, or with damaged bytes.
    private static byte[] Draw(RenderedEvent rendered, Random random)
    {
        byte[] message = random.Next(4) == 0 ? rendered.RenderShuffled(random) : rendered.Render();
        for (int i = random.Next(4) - 1; i > 0; i--) message[random.Next(message.Length)] = "\"\\] [=\0\n,1AN/"u8[random.Next(13)];
        return message;
    }
}
