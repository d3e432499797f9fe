using System.Text;
using FlowStream.Parsing.Panos;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class ExtensionReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=", "a:")]
    [InlineData("a=1", "a:1")]
    [InlineData("a=1 b=2", "a:1;b:2")]
    [InlineData("a= b= c=", "a:;b:;c:")]
    [InlineData("  a=one two  b=three four five", "a:one two;b:three four five")]
    [InlineData("a=x=y b=2", "a:x=y;b:2")]
    [InlineData("a=x\\=y b\\=2 c=3", "a:x\\=y b\\=2;c:3")]
    [InlineData("a=1 =2 b=3", "a:1 =2;b:3")]
    [InlineData("a=(b=c) d=e", "a:(b=c);d:e")]
    [InlineData("X-Forwarded-ForIP=192.0.2.1 a.b=1 a_b=2", "X-Forwarded-ForIP:192.0.2.1;a.b:1;a_b:2")]
    [InlineData("a=1\nb=2\tc=3", "a:1;b:2;c:3")]
    public void Between_blanks_a_value_ends_at_the_last_blank_before_the_next_key(string text, string pairs) =>
        Assert.Equal(pairs, Read(text, ' '));

    [Theory]
    [InlineData("a=1|b=2", "a:1;b:2")]
    [InlineData("|a=1||b=2|", "a:1;b:2")]
    [InlineData("a=x=y z=1|b= two words ", "a:x=y z=1;b:two words")]
    [InlineData("a=|b=", "a:;b:")]
    [InlineData("a=1|\nb=2", "a:1;b:2")]
    public void With_a_delimiter_a_pair_ends_there_and_nowhere_else(string text, string pairs) => Assert.Equal(pairs, Read(text, '|'));

    [Theory]
    [InlineData("text a=1", ' ', "MalformedExtension at 0")]
    [InlineData("  text", ' ', "MalformedExtension at 2")]
    [InlineData("=1", ' ', "MalformedExtension at 0")]
    [InlineData("a=1|text|b=2", '|', "a:1;MalformedExtension at 4")]
    [InlineData("a=1|=2", '|', "a:1;MalformedExtension at 4")]
    [InlineData("a=1|b c=2", '|', "a:1;MalformedExtension at 4")]
    public void What_is_no_pair_is_a_fault_at_its_place(string text, char delimiter, string pairs) =>
        Assert.Equal(pairs, Read(text, delimiter));

    [Theory]
    [InlineData(' ')]
    [InlineData('|')]
    public void There_are_no_more_pairs_than_the_limit(char delimiter)
    {
        string text = string.Join(delimiter, Enumerable.Range(0, ParserLimits.MaxParameters).Select(i => $"k{i}=v"));
        Assert.EndsWith("TooManyParameters at " + text.LastIndexOf('k'), Read(text, delimiter), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_splits_as_the_reference_splits_it() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            string alphabet = new[] { "a=1 ", "ab= |", "k=v \t=\\=", "x9_.-=|| " }[random.Next(4)];
            var text = new StringBuilder();
            for (int i = random.Next(60); i > 0; i--) text.Append(alphabet[random.Next(alphabet.Length)]);
            char delimiter = " |\t^"[random.Next(4)];
            List<(string Key, string Value)>? reference = ReferencePairs.Split(Encoding.Latin1.GetBytes(text.ToString()), delimiter);
            string read = Read(text.ToString(), delimiter);
            string expected = reference is null ? "MalformedExtension" : string.Join(';', reference.Select(p => $"{p.Key}:{p.Value}"));
            if (reference is null) Assert.Contains(expected, read, StringComparison.Ordinal);
            else Assert.Equal(expected, read);
        },
        count: 5_000);

    private static string Read(string text, char delimiter)
    {
        ReadOnlySpan<byte> message = MemoryShapes.Poisoned(Encoding.Latin1.GetBytes(text)).Span;
        var reader = new ExtensionReader(message, 0, (byte)delimiter);
        var pairs = new List<string>();
        while (reader.MoveNext()) pairs.Add($"{Text(message, reader.Key)}:{Text(message, ValueReader.Trim(message, reader.Value))}");
        if (!reader.Fault.Accepted) pairs.Add($"{reader.Fault.Reason} at {reader.Fault.Position}");
        return string.Join(';', pairs);
    }

    private static string Text(ReadOnlySpan<byte> message, TextSlice slice) =>
        Encoding.Latin1.GetString(message.Slice(slice.Offset, slice.Length));
}
