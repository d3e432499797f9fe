using System.Text;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests;

public sealed class PrintableTextTests
{
    [Fact]
    public void What_is_not_printable_and_what_ends_the_quote_is_escaped() =>
        Assert.Equal(@"""a\x00\x0A\xFFb\""c\\""", PrintableText.Of([(byte)'a', 0, 10, 0xFF, .. "b\"c\\"u8]));

    [Fact]
    public void Any_bytes_become_printable_text_of_bounded_length() => Properties.Check<byte[]>(bytes =>
    {
        string text = PrintableText.Of(bytes);
        Assert.InRange(text.Length, PrintableText.QuoteBytes, PrintableText.QuoteBytes + (PrintableText.MaxBytesPerByte * bytes.Length));
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        Assert.Throws<ArgumentException>(() => PrintableText.Write(bytes, new byte[Encoding.ASCII.GetByteCount("\"")]));
    });
}
