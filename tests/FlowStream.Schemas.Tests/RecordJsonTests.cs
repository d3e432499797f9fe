using System.Text.Json.Nodes;

namespace FlowStream.Schemas.Tests;

public sealed class RecordJsonTests
{
    [Fact]
    public void Names_are_the_schemas_times_are_ISO_8601_and_absent_values_are_left_out()
    {
        JsonNode json = Parse(ExampleRecords.BareSession());
        Assert.Equal("paloalto", json["device_vendor"]!.GetValue<string>());
        Assert.Equal("updates_only", json["completeness"]!.GetValue<string>());
        Assert.Equal("1970-01-01T00:00:00.000Z", json["start_time"]!.GetValue<string>());
        Assert.False(json.AsObject().ContainsKey("application"));
        Assert.Empty(json["routes"]!.AsArray());
        Assert.Equal("2026-05-01T08:28:10.933Z", Parse(Ended(1_777_624_090_933))["end_time"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_time_that_no_calendar_holds_is_shown_as_its_number(long time) =>
        Assert.Equal(time, Parse(Ended(time))["end_time"]!.GetValue<long>());

    private static JsonNode Parse(CompletedSession session) => JsonNode.Parse(RecordBytes.Json(session))!;

    private static CompletedSession Ended(long time) => new() { EndTime = time };
}
