using System.Text;
using FlowStream.Testing;

namespace FlowStream.Parsing.Tests.Headers;

public sealed class HeaderTests
{
    public static TheoryData<string> Titles => [.. HeaderCorpus.Messages.Keys];

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_header_says_what_a_person_reads_in_it(string title)
    {
        (string message, SortedDictionary<string, string> expected) = HeaderCorpus.Messages[title];
        SortedDictionary<string, string> found = HeaderCorpus.Describe(Encoding.Latin1.GetBytes(message));
        foreach (string key in new[] { "at", "position" })
        {
            if (expected.TryGetValue(key, out string? start) && found.TryGetValue(key, out string? rest))
                found[key] = rest.StartsWith(start, StringComparison.Ordinal) ? start : rest;
            else if (key == "position") found.Remove(key);
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public void No_part_of_any_header_throws_or_is_read_beyond_its_end()
    {
        foreach ((string message, _) in HeaderCorpus.Messages.Values)
        {
            byte[] whole = Encoding.Latin1.GetBytes(message);
            foreach (byte[] prefix in MemoryShapes.Prefixes(whole).Append(whole))
                Assert.Equal(HeaderCorpus.Describe(prefix), HeaderCorpus.Describe(MemoryShapes.Poisoned(prefix).Span));
        }
    }
}
