using System.Globalization;
using FlowStream.Testing.Broker;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Broker.Tests.Groups;

/// <summary>Groups of clients that nobody here wrote.</summary>
public sealed class ForeignGroupTests : IAsyncLifetime
{
    private BrokerFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await BrokerFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("range", "")]
    [InlineData("roundrobin", "")]
    [InlineData("cooperative-sticky", "")]
    [InlineData("range", "static")]
    public async Task Two_kcat_share_the_partitions_and_the_one_left_takes_all_after_the_other_was_killed(string assignor, string instances)
    {
        var topic = _fixture.Unique("shared");
        await Produce(topic, 0, 100);
        await using var first = Member(topic, assignor, instances.Length == 0 ? null : "one");
        await first.WaitForLineAsync(line => line.StartsWith("value ", StringComparison.Ordinal));
        await using (var second = Member(topic, assignor, instances.Length == 0 ? null : "two"))
        {
            await second.WaitForLineAsync(line => line.Contains("rebalanced", StringComparison.Ordinal) && Partitions(line, topic) > 0);
            // Each partition gets more: both members must read, each from its own.
            await Produce(topic, 100, 400);
            await second.WaitForLineAsync(line => line.StartsWith("value ", StringComparison.Ordinal));
            await second.KillAsync();
        }

        await Produce(topic, 500, 500);
        // What the killed member had read and not committed comes again, and nothing is missing.
        var missing = Enumerable.Range(500, 500).ToHashSet();
        await first.WaitForLineAsync(line =>
        {
            if (line.StartsWith("value ", StringComparison.Ordinal))
                missing.Remove(int.Parse(line["value ".Length..], CultureInfo.InvariantCulture));
            return missing.Count == 0;
        });
    }

    [Fact]
    public async Task A_group_goes_on_where_it_stopped_also_after_the_broker_restarted()
    {
        var (topic, group) = (_fixture.Unique("resumed"), _fixture.Unique("resumed"));
        await Produce(topic, 0, 50);
        Assert.Equal(Enumerable.Range(0, 50), await ReadToEnd(topic, group));
        if (!BrokerFixture.IsExternal)
            await _fixture.RestartAsync();
        await Produce(topic, 50, 25);
        Assert.Equal(Enumerable.Range(50, 25), await ReadToEnd(topic, group));
    }

    [Fact]
    public async Task Two_kafka_python_consumers_share_the_partitions()
    {
        var (topic, group) = (_fixture.Unique("python"), _fixture.Unique("python"));
        await Produce(topic, 0, 200);
        var python = await ForeignClient.KafkaPythonAsync("group_consumer.py");
        var alone = (await python.RunAsync([_fixture.Bootstrap, topic, group, "200"])).EnsureSuccess();
        Assert.Contains("committed 200", alone.Lines);
        await using var first = python.Launch(_fixture.Bootstrap, topic, group, "100000");
        await using var second = python.Launch(_fixture.Bootstrap, topic, group, "100000");
        var (firstValue, secondValue) = (Value(first), Value(second));
        // At first one of them may have all partitions; what is sent after the rebalance reaches both.
        for (var at = 200; !(firstValue.IsCompleted && secondValue.IsCompleted); at += 40)
            await Produce(topic, at, 40);
        Assert.True(await firstValue >= 200, "a committed message came again");
        Assert.True(await secondValue >= 200, "a committed message came again");
    }

    private static async Task<int> Value(RunningClient client)
    {
        var line = await client.WaitForLineAsync(text => text.Split(' ') is [var partition, _, _] && int.TryParse(partition, out _));
        return int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    // kcat says: "% Group g rebalanced (memberid m): assigned: t [0], t [1]".
    private static int Partitions(string line, string topic) => line.Split($"{topic} [").Length - 1;

    private RunningClient Member(string topic, string assignor, string? instance) => ForeignClient.Kcat().Launch(
    [
        "-b", _fixture.Bootstrap, "-G", _fixture.Unique("members"), "-f", "value %s\n", "-u",
        "-X", $"partition.assignment.strategy={assignor}", "-X", "session.timeout.ms=6000", "-X", "heartbeat.interval.ms=300",
        "-X", "auto.offset.reset=earliest", "-X", "auto.commit.interval.ms=200",
        .. instance is null ? Array.Empty<string>() : ["-X", $"group.instance.id={instance}"],
        topic,
    ]);

    private async Task<IEnumerable<int>> ReadToEnd(string topic, string group)
    {
        var read = await ForeignClient.Kcat().RunAsync(
            ["-b", _fixture.Bootstrap, "-G", group, "-e", "-q", "-X", "auto.offset.reset=earliest", topic]);
        return read.EnsureSuccess().Lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture)).Order();
    }

    private async Task Produce(string topic, int from, int count)
    {
        var lines = string.Concat(Enumerable.Range(from, count).Select(number => $"{number}:{number}\n"));
        (await ForeignClient.Kcat().RunAsync(["-b", _fixture.Bootstrap, "-P", "-t", topic, "-K", ":"], lines)).EnsureSuccess();
    }
}
