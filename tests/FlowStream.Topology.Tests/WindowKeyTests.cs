using System.Text;
using FlowStream.Bandwidth;
using FlowStream.Sessions;
using FlowStream.Streams.Driver;

namespace FlowStream.Topology.Tests;

public sealed class WindowKeyTests
{
    [Fact]
    public void Values_that_hold_separators_still_give_keys_of_their_own()
    {
        string[] applications = ["A/B", "A,B", "A=B", "A%2FB", "A B", "Ä"];
        var options = new TopologyOptions { HashSeed = 1, Aggregations = [new Aggregation("application", [Dimension.Application])] };
        using var run = new TopologyRun(options: options);
        for (int i = 0; i < applications.Length; i++)
            run.Pipe(JunosLine.Close(i + 1, 1_777_624_020_000, 0, 10, applications[i]), 1_777_624_020_000);
        run.Driver.Flush();
        string[] keys = [.. run.Driver.Read(FlowTopics.Bandwidth).Select((OutputRecord record) => Encoding.ASCII.GetString(record.Key))];
        string[] expected = ["A%20B", "A%252FB", "A%2CB", "A%2FB", "A%3DB", "%C3%84"];
        Assert.Equal(
            expected.Select(name => $"application/application={name}/2026-05-01T08:27:00Z").Order(StringComparer.Ordinal),
            keys.Order(StringComparer.Ordinal));
    }
}
