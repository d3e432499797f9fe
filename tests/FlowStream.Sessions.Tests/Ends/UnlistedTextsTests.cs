using System.Text;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests.Ends;

public sealed class UnlistedTextsTests
{
    [Fact]
    public void Each_text_is_counted_by_itself()
    {
        var texts = new UnlistedTexts();
        foreach (string text in (string[])["Closed by x", "Closed by y", "Closed by x"]) texts.Add(Encoding.UTF8.GetBytes(text));
        Assert.Equal(2, texts.Count);
        Assert.Equal("Closed by x", Encoding.UTF8.GetString(texts.Text(0)));
        Assert.Equal([2, 1], [texts.CountOf(0), texts.CountOf(1)]);
        Assert.Equal((3, 0), (texts.Total, texts.Other));
        Assert.Throws<ArgumentOutOfRangeException>(() => texts.CountOf(2));
    }

    [Fact]
    public void However_many_texts_come_memory_is_bounded_and_every_message_is_counted_once() => Properties.Check<byte[][]>(
        inputs =>
        {
            var texts = new UnlistedTexts();
            for (int round = 0; round < 3; round++)
            {
                for (int i = 0; i < UnlistedTexts.MaxTexts; i++) texts.Add([(byte)i, .. (byte[])(i < inputs.Length ? inputs[i] : [])]);
                texts.Add(new byte[10_000]);
            }
            Assert.Equal(UnlistedTexts.MaxTexts, texts.Count);
            long apart = Enumerable.Range(0, texts.Count).Sum(texts.CountOf);
            Assert.Equal(texts.Total, apart + texts.Other);
            Assert.Equal(3 * (UnlistedTexts.MaxTexts + 1), texts.Total);
            Assert.All(Enumerable.Range(0, texts.Count), i => Assert.InRange(texts.Text(i).Length, 0, ReasonText.MaxBytes));
        },
        50);
}
