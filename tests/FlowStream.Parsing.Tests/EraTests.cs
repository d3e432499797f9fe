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
        foreach (string file in EraMessages.Files)
        {
            for (int i = 0; i < EraMessages.Read(file).Count; i++) cases.Add(Path.GetFileName(file), i);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_of_this_era_has_the_fields_that_a_person_reads_there(string file, int index)
    {
        (string message, SortedDictionary<string, string> expected) =
            EraMessages.Read(Path.Combine(AppContext.BaseDirectory, "Eras", file))[index];
        Assert.Equal(expected, EventFields.Parse(message));
    }

    [Fact]
    public void Every_tag_and_every_field_of_Junos_occurs_in_some_era()
    {
        var seen = EraMessages.Files.SelectMany(EraMessages.Read)
            .SelectMany(c => c.Expected.Keys.Append("tag=" + c.Expected["tag"])).ToHashSet();
        Assert.All(FieldTable.Definitions.Where(d => d.Keys.Length > 0), d => Assert.Contains(d.Name, seen));
        Assert.All(TagTable.Definitions, d => Assert.Contains("tag=" + d.Tag, seen));
    }
}
