using System.Text;
using FlowStream.Bandwidth;
using FlowStream.Streams.Driver;

namespace FlowStream.Topology.Tests;

public sealed class WindowKeyTests
{
    private static readonly BandwidthOptions NoTalkers = new() { TopTalkers = 0 };

    [Fact]
    public void Values_that_hold_separators_still_give_keys_of_their_own()
    {
        string[] applications = ["A/B", "A,B", "A=B", "A%2FB", "A B", "Ä"];
        var options = new TopologyOptions { HashSeed = 1, Aggregations = [Aggregation.Application], Bandwidth = NoTalkers };
        using var run = new TopologyRun(options: options);
        for (int i = 0; i < applications.Length; i++)
            run.Pipe(JunosLine.Close(i + 1, 1_777_624_020_000, 0, 10, applications[i]), 1_777_624_020_000);
        run.Driver.Flush();
        string[] keys = [.. run.Driver.Read(FlowTopics.Bandwidth).Select((OutputRecord record) => Encoding.ASCII.GetString(record.Key))];
        string[] expected = ["A%20B", "A%252FB", "A%2CB", "A%2FB", "A%3DB", "%C3%84"];
        string[] starts = ["2026-05-01T08:27:00Z", "2026-05-01T08:25:00Z/PT5M", "2026-05-01T08:00:00Z/PT60M"];
        Assert.Equal(
            starts.SelectMany(start => expected.Select(name => $"application/application={name}/{start}")).Order(StringComparer.Ordinal),
            keys.Order(StringComparer.Ordinal));
    }
}
