using System.Text;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Junos;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

public sealed class SyslogParserProperties
{
    private static Gen<Random> Randoms => Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed));

    private static Gen<(RenderedEvent Event, Random Random)> EventsAndRandoms =>
        RenderedEvent.Generator.SelectMany(e => Randoms.Select(random => (e, random)));

    [Fact]
    public void What_is_rendered_parses_to_what_was_rendered() => Properties.Check(
        RenderedEvent.Generator,
        e => Assert.Equal(e.Expected, EventFields.Parse(e.ToString())),
        count: 2_000);

    [Fact]
    public void The_order_of_the_keys_does_not_matter() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] shuffled = pair.Event.RenderShuffled(pair.Random);
            Assert.Equal(pair.Event.Expected, EventFields.Parse(Encoding.Latin1.GetString(shuffled)));
        });

    [Fact]
    public void A_prefix_is_refused_or_read_as_a_line_that_was_cut_and_nothing_beside_it_is_read() => Properties.Check(
        RenderedEvent.Generator,
        e =>
        {
            byte[] whole = e.Render();
            foreach (byte[] prefix in MemoryShapes.Prefixes(whole))
            {
                Refusal refusal = ParseTwice(prefix);
                Assert.InRange(refusal.Position, 0, prefix.Length);
                if (refusal.Accepted) CheckCut(e.Expected, prefix);
            }
        },
        count: 15);

    [Fact]
    public void A_damaged_byte_never_throws_and_what_is_accepted_agrees_with_the_reference() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] message = pair.Event.Render();
            for (int i = 0; i < message.Length; i++)
            {
                byte original = message[i];
                message[i] = pair.Random.Next(3) == 0 ? (byte)pair.Random.Next(256) : "\"\\] [=\0\n,1AN/"u8[pair.Random.Next(13)];
                CheckAgainstReference(message);
                message[i] = original;
            }
        },
        count: 15);

    [Fact]
    public void Random_bytes_never_throw() => Properties.Check(
        Randoms,
        random =>
        {
            byte[] bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            ParseTwice(bytes);
            byte[] headed = [.. "<14>1 - - RT_FLOW - RT_FLOW_SESSION_CLOSE ["u8, .. bytes];
            ParseTwice(headed);
            FlowKey.TryWrite(headed, new byte[FlowKey.MaxBytes], out _);
        },
        count: 2_000);

    [Fact]
    public void Shuffled_pieces_of_messages_agree_with_the_reference() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] message = pair.Event.Render();
            for (int round = 0; round < 50; round++)
            {
                int a = pair.Random.Next(message.Length), b = pair.Random.Next(message.Length);
                int length = pair.Random.Next(Math.Min(40, message.Length - Math.Max(a, b)) + 1);
                byte[] moved = [.. message];
                message.AsSpan(a, length).CopyTo(moved.AsSpan(b));
                CheckAgainstReference(moved);
            }
        },
        count: 40);

    // An event that was used before must not show in the next message, and bytes around the message must not be seen.
    private static Refusal ParseTwice(byte[] message)
    {
        var used = new SessionEvent();
        SyslogParser.Parse("<14>1 2026-01-01T00:00:00Z used RT_FLOW - RT_FLOW_SESSION_DENY [a@1 x=\"]\\\"]\"]"u8, used);
        var fresh = new SessionEvent();
        Refusal first = SyslogParser.Parse(MemoryShapes.Poisoned(message).Span, used);
        Refusal second = SyslogParser.Parse(message, fresh);
        Assert.Equal(second, first);
        Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
        Assert.Equal(first.Accepted, used.Kind != EventKind.None);
        return first;
    }

    // Whatever a cut line still says, the whole line says too.
    private static void CheckCut(SortedDictionary<string, string> whole, byte[] prefix)
    {
        var cut = new SessionEvent();
        SyslogParser.Parse(prefix, cut);
        Assert.True((cut.Repairs & Repair.MissingClosingBracket) != 0, "A line that was cut is counted as repaired.");
        foreach ((string name, string value) in EventFields.Of(cut))
        {
            // Of the several keys of one field the better one may come later.
            if (!name.EndsWith("category", StringComparison.Ordinal)) Assert.Equal(whole[name], value);
        }
    }

    private static void CheckAgainstReference(byte[] message)
    {
        Refusal refusal = ParseTwice(message);
        if (!TryFindStructuredData(message, out int position)) return;
        List<(string Key, string Value)>? reference = ReferenceParser.Parameters(message, position);
        if (!refusal.Accepted)
        {
            Assert.False(
                refusal.Reason == RefusalReason.MalformedParameter && reference is not null,
                $"{refusal}, but the reference reads {Encoding.Latin1.GetString(message)}");
            return;
        }
        Assert.NotNull(reference);
        var sessionEvent = new SessionEvent();
        SyslogParser.Parse(message, sessionEvent);
        string[] held = [.. Values(sessionEvent).Order(StringComparer.Ordinal)];
        HashSet<string> printed = [.. reference.Select(p => p.Value)];
        Assert.All(held, value => Assert.Contains(value, printed));
        for (int i = 0; i < sessionEvent.ExtraCount; i++)
        {
            (string, string) extra = (Latin1(sessionEvent.ExtraKey(i)), Latin1(sessionEvent.ExtraValue(i)));
            Assert.Contains(extra, reference);
        }
    }

    // Where the fields begin is the header's affair, which has tests of its own.
    private static bool TryFindStructuredData(byte[] message, out int position)
    {
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out _);
        Refusal refusal = HeaderReader.Read(trimmed, out MessageHeader header);
        position = header.Position;
        return refusal.Accepted && (header.Body == MessageBody.JunosStructured
            || (header.Body == MessageBody.JunosSentence && StructuredFields.LacksBracket(trimmed, position)));
    }

    private static IEnumerable<string> Values(SessionEvent sessionEvent) =>
        Enum.GetValues<Field>().Where(sessionEvent.Has).Select(field => Latin1(sessionEvent.Text(field)));

    private static string Latin1(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
