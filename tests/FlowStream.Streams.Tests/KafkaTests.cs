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

    /// <summary>Ways a broker can fail a request of a transaction.</summary>
    public static TheoryData<ApiKey, bool> Failures => new()
    {
        { ApiKey.EndTxn, true },
        { ApiKey.EndTxn, false },
        { ApiKey.TxnOffsetCommit, true },
        { ApiKey.AddOffsetsToTxn, true },
        { ApiKey.AddPartitionsToTxn, false },
        { ApiKey.Produce, true },
        { ApiKey.InitProducerId, true },
        { ApiKey.OffsetFetch, false },
        { ApiKey.ListOffsets, false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Requests_that_get_no_answer_lose_and_repeat_nothing(ApiKey key, bool handled)
    {
        if (BrokerFixture.IsExternal) return;
        await using var cluster = await SumCluster.StartAsync(partitions: 2);
        var struck = 0;
        // Every third of them, so that what is tried again can succeed.
        using var hook = cluster.Broker.Broker.Control.On(key, request =>
        {
            if (request.ClientId?.StartsWith("app", StringComparison.Ordinal) != true) return ControlAction.Pass;
            if (Interlocked.Increment(ref struck) % 3 != 1) return ControlAction.Pass;
            return handled ? ControlAction.HandleThenDrop : ControlAction.Drop;
        });
        cluster.Send(500);
        cluster.StartInstance("a");
        cluster.AssertExactlyOnce();
        cluster.Send(500);
        cluster.AssertExactlyOnce();
        Assert.True(struck > 0);
    }

    [Fact]
    public async Task A_second_process_with_the_same_state_directory_is_refused()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 1);
        cluster.StartInstance("a");
        var refused = Assert.Throws<StreamsConfigurationException>(() => cluster.StartInstance("a"));
        Assert.Contains("in use", refused.Message);
    }

    [Fact]
    public async Task A_stage_without_its_input_topic_does_not_start()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 1);
        var stage = SumProcessor.Stage(input: "nowhere");
        using var application = new StreamsApplication([stage], new StreamsOptions
        {
            ApplicationId = "none", BootstrapServers = cluster.Broker.Bootstrap, StateDirectory = cluster.StateDirectory("none"),
        });
        var refused = Assert.Throws<StreamsConfigurationException>(application.Start);
        Assert.Contains("nowhere", refused.Message);
    }

    [Fact]
    public async Task A_broker_that_restarts_is_waited_for()
    {
        if (BrokerFixture.IsExternal) return;
        await using var cluster = await SumCluster.StartAsync(partitions: 2);
        cluster.Send(500);
        cluster.StartInstance("a");
        cluster.AssertExactlyOnce();
        await cluster.Broker.RestartAsync();
        cluster.Send(500);
        cluster.AssertExactlyOnce();
    }

    [Fact]
    public async Task An_input_topic_that_was_recreated_is_read_on_at_its_end_and_not_skipped_up_to_the_old_position()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 2);
        cluster.Send(1000);
        using (cluster.StartInstance("a")) cluster.AssertExactlyOnce();

        await cluster.RecreateInputAsync();
        SumCluster.WaitFor(StreamsState.Running, cluster.StartInstance("a"));
        cluster.Send(500);
        cluster.AssertExactlyOnce();
        Assert.Contains(cluster.Loggers.Lines, line => line.ToString().Contains("recreated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_deleted_before_they_were_read_are_missed_aloud()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 1);
        cluster.Send(100);
        using (cluster.StartInstance("a")) cluster.AssertExactlyOnce();

        await cluster.SendAndDeleteAsync(70);
        SumCluster.WaitFor(StreamsState.Running, cluster.StartInstance("a"));
        cluster.Send(50);
        cluster.AssertExactlyOnce();
        Assert.Contains(cluster.Loggers.Lines, line => line.ToString().Contains("70 offsets are lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_that_stalls_past_its_poll_interval_is_fenced_when_it_goes_on()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 2);
        using var stalled = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var records = 0;
        var stage = cluster.CreateStage(beforeRecord: () =>
        {
            if (Interlocked.Increment(ref records) != 150) return;
            stalled.Set();
            goOn.Wait();
        });
        cluster.Send(300);
        cluster.StartInstance("zombie", Impatient, stage);
        Assert.True(stalled.Wait(TimeSpan.FromSeconds(60)));
        cluster.StartInstance("heir", Impatient);
        cluster.AssertExactlyOnce();
        goOn.Set();
        cluster.Send(300);
        cluster.AssertExactlyOnce();

        static StreamsOptions Impatient(StreamsOptions options) => options with
        {
            ClientProperties = new Dictionary<string, string> { ["consumer.max.poll.interval.ms"] = "6500" },
        };
    }
}
