using System.Text;
using FlowStream.Parsing.DeviceText;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.DeviceText;

public sealed class DeviceTextReaderProperties
{
    // All listings one after the other: what one leaves behind must not change the next.
    private static readonly byte[] All = [.. ListingFixtures.Names.SelectMany(ListingFixtures.Text)];

    [Fact]
    public void Pieces_of_any_length_are_read_as_the_whole()
    {
        IReadOnlyList<string> whole = ListingLines.Of(All).Text;
        foreach (int length in (int[])[1, 2, 3, 7, 64, 1000, 4096, 4097, 65_536]) Assert.Equal(whole, ListingLines.Of(All, length).Text);
    }

    [Fact]
    public void Every_prefix_is_read_without_an_exception()
    {
        foreach (string name in ListingFixtures.Names)
        {
            foreach (byte[] prefix in MemoryShapes.Prefixes(ListingFixtures.Text(name))) ListingLines.Of(prefix);
        }
    }

    [Fact]
    public void Damaged_text_is_read_without_an_exception() => Properties.Check(
        Gen.ArrayOf(Gen.Choose(0, int.MaxValue)),
        damage =>
        {
            byte[] text = (byte[])All.Clone();
            for (int i = 0; i < damage.Length; i++) text[damage[i] % text.Length] = (byte)(damage[i] >> 16);
            AssertReadInBounds(text);
        });

    [Fact]
    public void Shuffled_and_cut_lines_are_read_without_an_exception()
    {
        byte[][] lines = [.. Encoding.UTF8.GetString(All).Split('\n').Select(Encoding.UTF8.GetBytes)];
        Properties.Check(
            Gen.ArrayOf(Gen.Choose(0, int.MaxValue)),
            choices => AssertReadInBounds(
            [
                .. choices.SelectMany(choice =>
                {
                    byte[] line = lines[choice % lines.Length];
                    int length = choice % 3 == 0 ? choice / lines.Length % (line.Length + 1) : line.Length;
                    return (byte[])[.. line[..length], (byte)'\n'];
                }),
            ]));
    }

    [Fact]
    public void A_session_that_is_rendered_as_Junos_lists_it_is_read_again() => Properties.Check(
        RenderedListing.Choices, choices => AssertReadAgain(new RenderedListing(choices).Junos()));

    [Fact]
    public void A_session_that_is_rendered_as_PAN_OS_shows_it_by_id_is_read_again() => Properties.Check(
        RenderedListing.Choices, choices => AssertReadAgain(new RenderedListing(choices).Panos()));

    [Fact]
    public void Any_bytes_are_read_without_an_exception() => Properties.Check<byte[]>(AssertReadInBounds);

    private static void AssertReadAgain((DeviceSession Session, string Text) rendered)
    {
        ListingLines expected = new();
        expected.Session(rendered.Session);
        Assert.Equal(expected.Text, ListingLines.Of(Encoding.UTF8.GetBytes(rendered.Text)).Text);
    }

    private static void AssertReadInBounds(byte[] text)
    {
        ListingLines read = ListingLines.Of(text);
        Assert.Equal(read.Text, ListingLines.Of(text, 5).Text);
        Assert.All(read.Sessions, session => Assert.InRange(session.Extras.Count, 0, DeviceTextLimits.MaxExtras));
    }
}
