using System.Text;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Sentence;

public sealed class SentenceProperties
{
    // Names of VRF groups and categories that are not known look alike; where two releases print as many values, only what is known tells
    // them apart.
    private static readonly string[] Ambiguous = ["15.1X49-D170"];

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
        count: 5_000);

    private static SentenceEvent Unambiguous(SentenceEvent e)
    {
        if (Ambiguous.Contains(e.Since)) e = e.With("src-vrf-grp", "N/A").With("dst-vrf-grp", "N/A");
        // An empty value at the end is lost with the blanks there: as many values are left as in another release.
        if (e.Template.EndsWith("{uplink-incoming-interface-name}", StringComparison.Ordinal))
            e = e.With("uplink-incoming-interface-name", "gr-0/0/0.1");
        return e.Values.Contains(("category", "N/A")) ? e.With("sub-category", "N/A") : e;
    }
}
