using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FlowStream.Streams.Clients;
using FlowStream.Streams.Kafka;
using FlowStream.Testing.Broker;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Streams.Tests;

public sealed class ProducerTests
{
    [Fact]
    public async Task A_record_that_cannot_be_delivered_fails_the_commit()
    {
        await using var broker = await BrokerFixture.StartAsync();
        var topic = await CreateTopicAsync(broker, new() { ["max.message.bytes"] = "500" });
        using var client = Client(broker);
        using var producer = client.CreateProducer(broker.Unique("id"));
        producer.InitTransactions();
        producer.Begin();
        producer.Send(topic, -1, "k"u8, new byte[2000], tombstone: false, 1, headers: null);
        Assert.Equal(ClientFailure.TransactionLost, Assert.Throws<KafkaClientException>(producer.Commit).Failure);
    }

    [Fact]
    public async Task A_producer_whose_id_was_taken_over_cannot_commit()
    {
        await using var broker = await BrokerFixture.StartAsync();
        var topic = await CreateTopicAsync(broker, []);
        using var client = Client(broker);
        using var zombie = client.CreateProducer(broker.Unique("id"));
        zombie.InitTransactions();
        zombie.Begin();
        zombie.Send(topic, -1, "k"u8, "zombie"u8, tombstone: false, 1, headers: null);
        using var heir = client.CreateProducer(broker.Unique("id"));
        heir.InitTransactions();
        heir.Begin();
        heir.Send(topic, -1, "k"u8, "heir"u8, tombstone: false, 2, new RecordHeaders(new KeyValuePair<string, byte[]>("h", [7])));
        heir.Send(topic, -1, "k"u8, default, tombstone: true, 3, headers: null);
        heir.Commit();
        Assert.Equal(ClientFailure.TransactionLost, Assert.Throws<KafkaClientException>(zombie.Commit).Failure);
        Assert.Equal(["heir 2 h=07", "null 3 "], Read(broker, topic, 2));
    }

    private static ConfluentClient Client(BrokerFixture broker) => new(
        new StreamsOptions { ApplicationId = broker.Unique("app"), BootstrapServers = broker.Bootstrap, StateDirectory = "-" },
        TimeProvider.System,
        NullLogger.Instance);

    private static async Task<string> CreateTopicAsync(BrokerFixture broker, Dictionary<string, string> configuration)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Bootstrap }).Build();
        var topic = broker.Unique("out");
        var specification = new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1, Configs = configuration };
        await admin.CreateTopicsAsync([specification]);
        return topic;
    }

    private static List<string> Read(BrokerFixture broker, string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = broker.Bootstrap, GroupId = broker.Unique("check"), IsolationLevel = IsolationLevel.ReadCommitted,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var lines = new List<string>();
        while (lines.Count < count && consumer.Consume(TimeSpan.FromSeconds(30)) is { } result)
        {
            var message = result.Message;
            var headers = message.Headers.Select(header => $"{header.Key}={Convert.ToHexString(header.GetValueBytes())}");
            var value = message.Value is null ? "null" : Encoding.ASCII.GetString(message.Value);
            lines.Add($"{value} {message.Timestamp.UnixTimestampMs} {string.Join(',', headers)}");
        }

        return lines;
    }
}
