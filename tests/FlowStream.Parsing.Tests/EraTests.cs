using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests;

/// <summary>
/// Messages in the shape of each range of Junos releases, with the fields that a person reads in them written beside (Eras/*.txt): a
/// message, continued on lines that start with a blank, and lines that start with "= " and hold name=value pairs.
/// </summary>
public sealed class EraTests
{
    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Eras"), "*.txt").Order())
        {
            for (int i = 0; i < Read(file).Count; i++) cases.Add(Path.GetFileName(file), i);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_of_this_era_has_the_fields_that_a_person_reads_there(string file, int index)
    {
        (string message, SortedDictionary<string, string> expected) =
            Read(Path.Combine(AppContext.BaseDirectory, "Eras", file))[index];
        Assert.Equal(expected, EventFields.Parse(message));
    }

    [Fact]
    public void Every_tag_and_every_field_of_Junos_occurs_in_some_era()
    {
        var seen = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Eras"), "*.txt").SelectMany(Read)
            .SelectMany(c => c.Expected.Keys.Append("tag=" + c.Expected["tag"])).ToHashSet();
        Assert.All(FieldTable.Definitions.Where(d => d.Keys.Length > 0), d => Assert.Contains(d.Name, seen));
        Assert.All(TagTable.Definitions, d => Assert.Contains("tag=" + d.Tag, seen));
    }

    private static List<(string Message, SortedDictionary<string, string> Expected)> Read(string file)
    {
        var cases = new List<(string, SortedDictionary<string, string>)>();
        foreach (string line in File.ReadLines(file))
        {
            if (line.StartsWith('<')) cases.Add((line, new SortedDictionary<string, string>(StringComparer.Ordinal)));
            else if (line.StartsWith(' ')) cases[^1] = (cases[^1].Item1 + line, cases[^1].Item2);
            else if (line.StartsWith("= ", StringComparison.Ordinal)) AddExpected(line[2..], cases[^1].Item2);
        }
        return cases;
    }

    private static void AddExpected(string line, SortedDictionary<string, string> expected)
    {
        foreach (string pair in line.Split(" | "))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            expected.Add(pair[..equals], pair[(equals + 1)..]);
        }
    }
}
