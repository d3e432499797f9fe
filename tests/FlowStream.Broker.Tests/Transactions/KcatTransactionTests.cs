using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FlowStream.Testing.Broker;
using FlowStream.Testing.ForeignClients;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>Transactions of kcat, and groups through the admin client.</summary>
public sealed class KcatTransactionTests : IAsyncLifetime
{
    private BrokerFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await BrokerFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task What_kcat_sends_in_a_transaction_is_read_under_read_committed(string codec)
    {
        var topic = _fixture.Unique("kcat");
        var input = string.Concat(Enumerable.Range(1, 1000).Select(number => $"{number}\n"));
        var sent = await ForeignClient.Kcat().RunAsync(
            ["-b", _fixture.Bootstrap, "-P", "-t", topic, "-p", "0", "-z", codec, "-X", $"transactional.id={topic}"], input);
        sent.EnsureSuccess();
        var read = await ForeignClient.Kcat().RunAsync(
            ["-b", _fixture.Bootstrap, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-X", "isolation.level=read_committed"]);
        Assert.Equal(Enumerable.Range(1, 1000), read.EnsureSuccess().Lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task The_admin_client_lists_describes_and_deletes_groups()
    {
        var (topic, group) = (_fixture.Unique("admin"), _fixture.Unique("admin"));
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _fixture.Bootstrap }).Build();
        using (var producer = Clients.Idempotent(_fixture.Bootstrap))
        {
            producer.Send(topic, "1");
            producer.Flush(Clients.Limit);
        }

        using (var consumer = Clients.Consumer(_fixture.Bootstrap, group))
        {
            consumer.Subscribe(topic);
            while (Clients.Next(consumer).IsPartitionEOF)
            {
                // Partitions other than 0 are empty.
            }

            consumer.Commit([new TopicPartitionOffset(topic, 0, 1)]);
            var described = await admin.DescribeConsumerGroupsAsync([group]);
            Assert.Equal(ConsumerGroupState.Stable, Assert.Single(described.ConsumerGroupDescriptions).State);
            Assert.Single(described.ConsumerGroupDescriptions[0].Members);
            await Assert.ThrowsAsync<DeleteGroupsException>(() => admin.DeleteGroupsAsync([group]));
            consumer.Close();
        }

        var listed = await admin.ListConsumerGroupsAsync();
        Assert.Contains(listed.Valid, entry => entry.GroupId == group && entry.State == ConsumerGroupState.Empty);
        await admin.DeleteGroupsAsync([group]);
        Assert.DoesNotContain((await admin.ListConsumerGroupsAsync()).Valid, entry => entry.GroupId == group);
    }
}
