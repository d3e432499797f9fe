using System.Text;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Junos;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>What is read quickly is what the reader of all sentences finds, and nearly all sentences are read quickly.</summary>
public sealed class QuickSentenceProperties
{
    private const int DamagesOfAMessage = 200;

    private static Gen<(SentenceEvent Event, Random Random)> EventsAndRandoms =>
        SentenceEvent.Generator.SelectMany(e => Gen.Choose(0, int.MaxValue).Select(seed => (e, new Random(seed))));

    private readonly SessionEvent _quick = new();
    private readonly SessionEvent _any = new();

    [Fact]
    public void A_message_with_usual_values_is_read_quickly_in_each_release() => Assert.All(
        SentenceForms.All,
        form =>
        {
            for (int seed = 0; seed < 50; seed++)
            {
                SentenceEvent e = Usual(SentenceEvent.Create(new Random(seed), form));
                Assert.True(IsTheSame(Bytes(e.Sentence)), $"{form.Since}: {e.Sentence}");
            }
        });

    [Fact]
    public void An_event_is_the_same_read_quickly_or_not() => Properties.Check(
        SentenceEvent.Generator, e => IsTheSame(Bytes(e.Sentence)), count: 3_000);

    [Fact]
    public void A_prefix_is_the_same_read_quickly_or_not() => Properties.Check(
        SentenceEvent.Generator,
        e =>
        {
            foreach (byte[] prefix in MemoryShapes.Prefixes(Bytes(e.Sentence))) IsTheSame(prefix);
        },
        count: 25);

    [Fact]
    public void A_damaged_message_is_the_same_read_quickly_or_not() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            byte[] message = Bytes(pair.Event.Sentence);
            for (int round = 0; round < DamagesOfAMessage; round++)
            {
                byte[] damaged = [.. message];
                for (int count = pair.Random.Next(1, 4); count > 0; count--)
                {
                    damaged[pair.Random.Next(pair.Event.Tag.Length + 2, message.Length)] =
                        pair.Random.Next(3) == 0 ? (byte)pair.Random.Next(256) : "  ()/:>-\n0x;\"N1"u8[pair.Random.Next(15)];
                }
                IsTheSame(damaged);
            }
        },
        count: 300);

    [Fact]
    public void Words_exchanged_left_out_or_printed_twice_are_the_same_read_quickly_or_not() => Properties.Check(
        EventsAndRandoms,
        pair =>
        {
            for (int round = 0; round < DamagesOfAMessage; round++)
            {
                List<string> words = [.. pair.Event.Sentence.Split(' ')];
                int one = pair.Random.Next(1, words.Count), other = pair.Random.Next(1, words.Count);
                if (pair.Random.Next(3) == 0) words.RemoveAt(one);
                else if (pair.Random.Next(2) == 0) words.Insert(one, words[other]);
                else (words[one], words[other]) = (words[other], words[one]);
                IsTheSame(Bytes(string.Join(' ', words)));
            }
        },
        count: 300);

    // False when it is not read quickly.
    private bool IsTheSame(byte[] message)
    {
        if (!IsSentence(message, _quick, out _, out SentenceWords words)) return false;
        SentenceGrammar grammar = SentenceTable.Find(_quick.Tag)!;
        if (!QuickSentence.TryRead(_quick, words, grammar))
        {
            Assert.Equal(0UL, _quick.Present);
            Assert.Equal(0, _quick.ExtraCount);
            return false;
        }
        Assert.True(IsSentence(message, _any, out TextSlice tag, out words));
        Refusal refusal = SentenceFields.ReadAny(_any, tag, words, grammar);
        Assert.True(refusal.Accepted, $"{refusal} of {Encoding.Latin1.GetString(message)}");
        Assert.Equal(Show(_any), Show(_quick));
        return true;
    }

    private static string Show(SessionEvent e) => string.Join('\n', EventFields.Of(e).Select(f => $"{f.Key}={f.Value}"))
        + $"\n{e.Repairs} {e.ExtraCount} {Encoding.Latin1.GetString(e.Message)}";

    private static bool IsSentence(byte[] message, SessionEvent into, out TextSlice tag, out SentenceWords words)
    {
        words = default;
        into.Load(MessageTrimming.Trim(message, out _));
        bool read = HeaderReader.Read(into.Message, out MessageHeader header).Accepted;
        tag = header.Tag;
        if (!read || header.Body != MessageBody.JunosSentence) return false;
        if (header.TagNumber == 0) return false;
        into.Tag = TagTable.At(header.TagNumber).Definition.Tag;
        into.KnownKeys = JunosExtras.Names;
        words = new SentenceWords(into.Message, header.Position, into.Words, keepEmpty: true);
        return SentenceTable.Find(into.Tag) is not null;
    }

    private static SentenceEvent Usual(SentenceEvent e)
    {
        foreach ((string key, string value) in new[]
        {
            ("username", "kim"), ("roles", "staff"), ("application", "SSL"), ("nested-application", "N/A"), ("connection-tag", "0"),
            ("nat-connection-tag", "0"), ("session-id", "8589934592"), ("peer-session-id", "0"),
            ("category", "Web"), ("uplink-incoming-interface-name", "gr-0/0/0.1"), ("src-vrf-grp", "N/A"), ("dst-vrf-grp", "N/A"),
        })
        {
            if (e.Values.Any(v => v.Key == key)) e = e.With(key, value);
        }
        return e;
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
