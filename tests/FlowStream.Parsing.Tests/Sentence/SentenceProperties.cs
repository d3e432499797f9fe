using System.Text;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Sentence;

public sealed class SentenceProperties
{
    private static readonly string[] PiecesOfNames = ["a", "b", " ", "(", ")", "No", "N/A", "\\", "ge-0/0/1.0", "1", ";", "->"];

    // The reference takes long.
    private const int DamagesOfAMessage = 40;

    private static Gen<(SentenceEvent Event, Random Random)> EventsAndRandoms =>
        SentenceEvent.Generator.SelectMany(e => Gen.Choose(0, int.MaxValue).Select(seed => (e, new Random(seed))));

    [Fact]
    public void Both_forms_of_an_event_parse_to_the_same_event() => Properties.Check(
        SentenceEvent.Generator,
        e =>
        {
            e = Unambiguous(e);
            Assert.Equal(EventFields.Parse(e.Structured), EventFields.Parse(e.Sentence));
        },
        count: 3_000);

    [Fact]
    public void Whatever_a_user_is_called_the_session_is_read_right_or_refused() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            string name = string.Concat(pair.Random.GetItems(PiecesOfNames, pair.Random.Next(1, 9)));
            SentenceEvent e = Unambiguous(pair.Event).With("username", name);
            if (e.Tag.StartsWith("RT_FLOW", StringComparison.Ordinal)) RefusedOrEqual(e.Sentence, [EventFields.Parse(e.Structured)]);
        },
        count: 3_000);

    [Fact]
    public void A_prefix_is_refused_or_read_as_the_reference_does() => Properties.Check(
        SentenceEvent.Generator,
        e =>
        {
            foreach (byte[] prefix in MemoryShapes.Prefixes(Bytes(e.Sentence))) RefusedOrAsReference(e.Tag, prefix);
        },
        count: 10);

    [Fact]
    public void A_damaged_byte_is_refused_or_read_as_the_reference_does() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] message = Bytes(pair.Event.Sentence);
            for (int round = 0; round < DamagesOfAMessage; round++)
            {
                int i = pair.Random.Next(pair.Event.Tag.Length + 2, message.Length);
                byte original = message[i];
                message[i] = pair.Random.Next(3) == 0 ? (byte)pair.Random.Next(256) : "  ()/:>-\n0x;\"N1"u8[pair.Random.Next(15)];
                // A user's name with a bracket in it that is never closed may end at any bracket that closes behind it.
                if (message[i] == ')' && pair.Event.Sentence.Contains("a(b(", StringComparison.Ordinal)) message[i] = (byte)'(';
                RefusedOrAsReference(pair.Event.Tag, message);
                message[i] = original;
            }
        },
        count: 25);

    [Fact]
    public void Random_words_never_throw() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] message = Bytes(pair.Event.Sentence);
            byte[] noise = new byte[pair.Random.Next(300)];
            pair.Random.NextBytes(noise);
            for (int i = 0; i < noise.Length; i++) noise[i] = noise[i] < 128 ? " ()/:>-\n0x;\"N1,"u8[noise[i] % 15] : noise[i];
            ParseTwice([.. message[..pair.Random.Next(message.Length)], .. noise]);
        },
        count: 2_000);

    // Where two releases print as many values, unknown names of VRF groups and categories look alike.
    private static SentenceEvent Unambiguous(SentenceEvent e)
    {
        if (e.Template.Contains("{destination-interface-name} {src-vrf-grp}", StringComparison.Ordinal))
            e = e.With("src-vrf-grp", "N/A").With("dst-vrf-grp", "N/A");
        // An empty value at the end is lost with the blanks there: as many values are left as in another release.
        if (e.Template.EndsWith("{uplink-incoming-interface-name}", StringComparison.Ordinal))
            e = e.With("uplink-incoming-interface-name", "gr-0/0/0.1");
        return e.Values.Contains(("category", "N/A")) ? e.With("sub-category", "N/A") : e;
    }

    private static void RefusedOrAsReference(string tag, byte[] message)
    {
        if (!ParseTwice(message).Accepted) return;
        string text = Encoding.Latin1.GetString(message).TrimEnd(' ', '\t', '\r', '\n', '\0');
        string sentence = text[(tag.Length + 1)..].Trim([.. Enumerable.Range(0, 33).Select(i => (char)i)]);
        RefusedOrEqual(text, SentenceReference.Readings(tag, sentence).Select(Fields).OfType<SortedDictionary<string, string>>());
    }

    private static void RefusedOrEqual(string message, IEnumerable<SortedDictionary<string, string>> readings)
    {
        if (Fields(message) is not { } fields) return;
        SortedDictionary<string, string>[] all = [.. readings];
        string others = string.Join("\nor           ", all.Select(Show).Distinct());
        Assert.True(all.Any(fields.SequenceEqual), $"{message}\nis read as   {Show(fields)}\nand could be {others}");
    }

    private static string Show(SortedDictionary<string, string> fields) => string.Join(" | ", fields.Select(f => $"{f.Key}={f.Value}"));

    private static SortedDictionary<string, string>? Fields(string message)
    {
        var sessionEvent = new SessionEvent();
        return SyslogParser.Parse(Bytes(message), sessionEvent).Accepted ? EventFields.Of(sessionEvent) : null;
    }

    // An event that was used before must not show in the next message, and bytes around the message must not be seen.
    private static Refusal ParseTwice(byte[] message)
    {
        var used = new SessionEvent();
        SyslogParser.Parse("RT_FLOW_SESSION_DENY: session denied 192.0.2.1/1->192.0.2.2/2 x 17(0) p a b"u8, used);
        var fresh = new SessionEvent();
        Refusal first = SyslogParser.Parse(MemoryShapes.Poisoned(message).Span, used);
        Assert.Equal(SyslogParser.Parse(message, fresh), first);
        Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
        Assert.InRange(first.Position, 0, message.Length);
        return first;
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
