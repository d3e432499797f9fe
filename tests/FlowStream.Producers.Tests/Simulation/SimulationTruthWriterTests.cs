using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Producers.Simulation;

namespace FlowStream.Producers.Tests.Simulation;

public sealed class SimulationTruthWriterTests
{
    [Fact]
    public void The_truth_is_one_object_a_line_without_what_depends_on_arrival()
    {
        var options = new SimulationOptions { Sessions = 50 };
        CollectedTruth truth = CollectedTruth.Of(options);
        List<JsonNode> lines = Write(options);
        Assert.Equal(truth.Sessions.Count, Values(lines, "flow.sessions.v1").Count);
        Assert.Equal(truth.Denials.Count, Values(lines, "flow.denials.v1").Count);
        Assert.Equal(truth.Windows.Count, Values(lines, "flow.bandwidth.v1").Count);
        JsonObject expected = CollectedTruth.Json(truth.Sessions[0].WriteJson).AsObject();
        expected.Remove("session_key");
        expected.Remove("revision");
        Assert.True(JsonNode.DeepEquals(expected, Values(lines, "flow.sessions.v1")[0]));
        Assert.All(Values(lines, "flow.bandwidth.v1"), value => Assert.False(value.AsObject().ContainsKey("revision")));
    }

    [Fact]
    public void What_really_flowed_stands_beside_it_by_the_minute()
    {
        List<JsonNode> flows = Write(new SimulationOptions { Sessions = 50 }).FindAll(line => (string?)line["truth"] == "actual");
        Assert.NotEmpty(flows);
        Assert.Equal("2026-05-01T08:00:00.000Z", (string?)flows[0]["window_start"]);
        Assert.All(flows, flow => Assert.True((long)flow["bytes_from_client"]! + (long)flow["bytes_from_server"]! > 0));
    }

    private static List<JsonNode> Values(List<JsonNode> lines, string topic) =>
        [.. lines.Where(line => (string?)line["truth"] == "expected" && (string?)line["topic"] == topic).Select(line => line["value"]!)];

    private static List<JsonNode> Write(SimulationOptions options)
    {
        var stream = new MemoryStream();
        using (var writer = new SimulationTruthWriter(stream))
        {
            var simulator = new TrafficSimulator(options, writer);
            while (simulator.MoveNext())
            {
            }
        }
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!)];
    }
}
