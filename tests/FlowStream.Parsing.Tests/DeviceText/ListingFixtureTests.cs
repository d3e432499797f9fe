using System.Text.Json.Nodes;
using FlowStream.Parsing.DeviceText;
using Xunit.Abstractions;

namespace FlowStream.Parsing.Tests.DeviceText;

public sealed class ListingFixtureTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. ListingFixtures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_listing_has_the_sessions_that_a_person_reads_in_it(string name)
    {
        JsonArray expected = JsonNode.Parse(ListingFixtures.Expected(name))!.AsArray();
        JsonArray found = ListingLines.Of(ListingFixtures.Text(name)).Json;
        for (int i = 0; i < Math.Max(expected.Count, found.Count); i++)
        {
            SortedDictionary<string, string> shown = i < expected.Count ? Fields(expected[i]!) : [];
            SortedDictionary<string, string> read = i < found.Count ? Fields(found[i]!) : [];
            int same = shown.Count(field => read.GetValueOrDefault(field.Key) == field.Value);
            output.WriteLine($"{name}, record {i + 1}: {same} of {shown.Count} fields");
            Assert.Equal(shown, read);
        }
    }

    [Fact]
    public void Every_listing_has_a_fixture() => Assert.Equal(
        Enum.GetValues<DeviceListing>(),
        ListingFixtures.Names.SelectMany(name => ListingLines.Of(ListingFixtures.Text(name)).Sessions)
            .Select(session => session.Listing).Distinct().Order());

    private static SortedDictionary<string, string> Fields(JsonNode record)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in record.AsObject())
        {
            if (value is JsonObject extras)
                foreach ((string extra, JsonNode? text) in extras) fields.Add($"{key}.{extra}", text!.ToJsonString());
            else
                fields.Add(key, value!.ToJsonString());
        }
        return fields;
    }
}
