using System.Reflection;

namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>
/// Sentences in the shapes that devices print, with the fields that a person reads in them (tests/corpora/sentence/*.txt): a line that
/// starts with "# " and says what is shown, the message, wrapped where it is wrapped, and lines of name=value pairs after "= ". Time and
/// host are the header's, and not shown.
/// </summary>
public sealed class SentenceFixtureTests
{
    private static string Root => typeof(SentenceFixtureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    private static string Folder => Path.Combine(Root, "tests/corpora/sentence");

    public static TheoryData<string> Cases() =>
        [.. Directory.GetFiles(Folder, "*.txt").Order().SelectMany(Read).Select(c => c.Title)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sentence_has_the_fields_that_a_person_reads_there(string title)
    {
        (_, string message, SortedDictionary<string, string> expected) =
            Directory.GetFiles(Folder, "*.txt").SelectMany(Read).Single(c => c.Title == title);
        SortedDictionary<string, string> fields = EventFields.Parse(message);
        fields.Remove("time");
        fields.Remove("host");
        Assert.Equal(expected, fields);
    }

    private static IEnumerable<(string Title, string Message, SortedDictionary<string, string> Expected)> Read(string file)
    {
        foreach (string block in File.ReadAllText(file).Split("\n# ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] lines = block.TrimStart('#', ' ').Split('\n');
            var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (string pair in lines.Where(l => l.StartsWith("= ", StringComparison.Ordinal)).SelectMany(l => l[2..].Split(" | ")))
            {
                string[] parts = pair.Split('=', 2);
                expected.Add(parts[0], parts[1]);
            }
            string message = string.Join('\n', lines[1..].TakeWhile(l => !l.StartsWith("= ", StringComparison.Ordinal)));
            yield return ($"{Path.GetFileName(file)}: {lines[0]}", message, expected);
        }
    }
}
