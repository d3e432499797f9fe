using FlowStream.Broker.Control;
using FlowStream.Broker.Wire;
using FlowStream.Testing.Broker;

namespace FlowStream.Streams.Tests;

/// <summary>The runtime on a broker through librdkafka.</summary>
public sealed class KafkaTests
{
    [Fact]
    public async Task One_instance_processes_every_record_once()
    {
        await using var cluster = await SumCluster.StartAsync();
        cluster.Send(3000);
        cluster.StartInstance("a");
        cluster.AssertExactlyOnce();
        cluster.Send(2000);
        cluster.AssertExactlyOnce();
    }

    [Fact]
    public async Task A_stopped_instance_goes_on_where_it_stood()
    {
        await using var cluster = await SumCluster.StartAsync();
        cluster.Send(1000);
        var first = cluster.StartInstance("a");
        cluster.AssertExactlyOnce();
        Assert.True(first.Stop(TimeSpan.FromSeconds(30)));
        first.Dispose();
        cluster.Send(1000);
        cluster.StartInstance("a");
        cluster.AssertExactlyOnce();
    }

    [Fact]
    public async Task Without_its_disk_an_instance_restores_the_same_state_from_the_changelog()
    {
        await using var cluster = await SumCluster.StartAsync();
        cluster.Send(1000);
        using (var first = cluster.StartInstance("a"))
        {
            cluster.AssertExactlyOnce();
        }

        cluster.Send(1000);
        cluster.StartInstance("b");
        cluster.AssertExactlyOnce();
    }

    [Fact]
    public async Task Instances_that_join_and_leave_share_the_work_without_losing_or_repeating_any()
    {
        await using var cluster = await SumCluster.StartAsync();
        cluster.Send(2000);
        var first = cluster.StartInstance("a");
        SumCluster.WaitFor(StreamsState.Running, first);
        var second = cluster.StartInstance("b");
        cluster.Send(2000);
        SumCluster.WaitFor(StreamsState.Running, first, second);
        cluster.Send(2000);
        first.Dispose();
        cluster.Send(2000);
        cluster.AssertExactlyOnce();
    }
}
