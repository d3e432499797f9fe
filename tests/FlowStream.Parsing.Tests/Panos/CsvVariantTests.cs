namespace FlowStream.Parsing.Tests.Panos;

/// <summary>A line for each shape that real lines have, with what a person reads in it.</summary>
public sealed class CsvVariantTests
{
    public static TheoryData<string> Names() => [.. CsvLines.Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_says_what_a_person_reads_there(string name)
    {
        (_, string line, List<string> expected) = CsvLines.Cases.Single(c => c.Name == name);
        var sessionEvent = new SessionEvent();
        Refusal refusal = CsvLines.Parse(line, sessionEvent);
        var found = EventFields.Of(sessionEvent);
        found["repairs"] = sessionEvent.Repairs.ToString();
        Assert.NotEmpty(expected);
        foreach (string pair in expected)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            (string key, string value) = (pair[..equals], pair[(equals + 1)..]);
            if (key == "refused") Assert.Equal(value, $"{refusal.Reason} {refusal.Field}".Trim());
            else if (key == "absent") Assert.All(value.Split(' '), absent => Assert.DoesNotContain(absent, found.Keys));
            else Assert.Equal($"{key}={value}", $"{key}={found.GetValueOrDefault(key)}");
        }
        Assert.Equal(refusal.Accepted, !expected[0].StartsWith("refused", StringComparison.Ordinal));
    }
}
