using Confluent.Kafka;
using FlowStream.Testing.Broker;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>Confluent.Kafka over native librdkafka against the broker in this process.</summary>
public sealed class TransactionalClientTests : IAsyncLifetime
{
    private BrokerFixture _fixture = null!;

    private string Bootstrap => _fixture.Bootstrap;

    public async Task InitializeAsync() => _fixture = await BrokerFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public void Committed_records_are_read_and_aborted_ones_are_not()
    {
        var topic = _fixture.Unique("mixed");
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("mixed"));
        producer.InitTransactions(Clients.Limit);
        for (var i = 0; i < 6; i++)
        {
            producer.BeginTransaction();
            producer.Send(topic, $"{i}a", $"{i}b");
            if (i % 2 == 0)
                producer.CommitTransaction(Clients.Limit);
            else
                Abort(producer);
        }

        Assert.Equal(["0a", "0b", "2a", "2b", "4a", "4b"], Clients.ReadAll(Bootstrap, topic));
        Assert.Equal(["0a", "0b", "1a", "1b"], Clients.ReadAll(Bootstrap, topic, IsolationLevel.ReadUncommitted).Take(4));
    }

    [Fact]
    public void Records_of_an_open_transaction_hold_back_what_comes_after_them()
    {
        var topic = _fixture.Unique("open");
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("open"));
        using var plain = Clients.Idempotent(Bootstrap);
        producer.InitTransactions(Clients.Limit);
        producer.BeginTransaction();
        producer.Send(topic, "first");
        producer.Flush(Clients.Limit);
        plain.Send(topic, "second");
        plain.Flush(Clients.Limit);
        Assert.Empty(Clients.ReadAll(Bootstrap, topic));
        producer.CommitTransaction(Clients.Limit);
        Assert.Equal(["first", "second"], Clients.ReadAll(Bootstrap, topic));
    }

    [Fact]
    public void A_waiting_reader_gets_the_records_when_the_transaction_commits()
    {
        var topic = _fixture.Unique("wake");
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("wake"));
        producer.InitTransactions(Clients.Limit);
        producer.BeginTransaction();
        producer.Send(topic, "value");
        producer.Flush(Clients.Limit);
        using var consumer = Clients.Consumer(Bootstrap, _fixture.Unique("wake"));
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        Assert.True(Clients.Next(consumer).IsPartitionEOF);
        producer.CommitTransaction(Clients.Limit);
        Assert.Equal("value", Clients.Next(consumer).Message.Value);
    }

    [Fact]
    public void Offsets_sent_to_a_transaction_count_if_it_commits_and_only_then()
    {
        var (input, output) = (_fixture.Unique("input"), _fixture.Unique("output"));
        using (var plain = Clients.Idempotent(Bootstrap))
        {
            plain.Send(input, "1", "2", "3", "4");
            plain.Flush(Clients.Limit);
        }

        using var consumer = Clients.Consumer(Bootstrap, _fixture.Unique("group"));
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("copy"));
        producer.InitTransactions(Clients.Limit);
        consumer.Subscribe(input);
        Copy(consumer, producer, output);
        Abort(producer);
        Assert.Equal(Offset.Unset, Committed(consumer, input));
        Copy(consumer, producer, output);
        producer.CommitTransaction(Clients.Limit);
        Assert.Equal(2, Committed(consumer, input));
        Assert.Equal("3", NextRecord(consumer).Message.Value);
        Assert.Equal(["2"], Clients.ReadAll(Bootstrap, output));
    }

    [Fact]
    public void An_empty_transaction_ends_well_with_and_without_offsets()
    {
        var input = _fixture.Unique("empty");
        using (var plain = Clients.Idempotent(Bootstrap))
        {
            plain.Send(input, "1");
            plain.Flush(Clients.Limit);
        }

        using var consumer = Clients.Consumer(Bootstrap, _fixture.Unique("empty"));
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("empty"));
        producer.InitTransactions(Clients.Limit);
        producer.BeginTransaction();
        producer.CommitTransaction(Clients.Limit);
        producer.BeginTransaction();
        producer.AbortTransaction(Clients.Limit);
        consumer.Subscribe(input);
        NextRecord(consumer);
        producer.BeginTransaction();
        producer.SendOffsetsToTransaction([new(input, 0, 1)], consumer.ConsumerGroupMetadata, Clients.Limit);
        producer.CommitTransaction(Clients.Limit);
        Assert.Equal(1, Committed(consumer, input));
    }

    [Fact]
    public void A_second_producer_of_the_same_id_fences_the_first_and_aborts_what_it_left()
    {
        var topic = _fixture.Unique("fence");
        using var zombie = Clients.Transactional(Bootstrap, _fixture.Unique("fence"));
        zombie.InitTransactions(Clients.Limit);
        zombie.BeginTransaction();
        zombie.Send(topic, "zombie");
        zombie.Flush(Clients.Limit);
        using var successor = Clients.Transactional(Bootstrap, _fixture.Unique("fence"));
        successor.InitTransactions(Clients.Limit);
        successor.BeginTransaction();
        successor.Send(topic, "successor");
        successor.CommitTransaction(Clients.Limit);
        var failure = Assert.Throws<KafkaException>(() => zombie.CommitTransaction(Clients.Limit));
        Assert.True(failure.Error.IsFatal, failure.Error.ToString());
        Assert.Equal(["successor"], Clients.ReadAll(Bootstrap, topic));
    }

    [Fact]
    public void A_timeout_beyond_the_limit_is_refused()
    {
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("long"), int.MaxValue);
        var failure = Assert.Throws<KafkaException>(() => producer.InitTransactions(Clients.Limit));
        Assert.Equal(ErrorCode.InvalidTransactionTimeout, failure.Error.Code);
    }

    [Fact]
    public void A_transaction_over_its_time_is_aborted_and_its_producer_fenced()
    {
        var topic = _fixture.Unique("late");
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("late"), 1000);
        producer.InitTransactions(Clients.Limit);
        producer.BeginTransaction();
        producer.Send(topic, "late");
        producer.Flush(Clients.Limit);
        using var consumer = Clients.Consumer(Bootstrap, _fixture.Unique("late"));
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        using var plain = Clients.Idempotent(Bootstrap);
        plain.Send(topic, "next");
        plain.Flush(Clients.Limit);
        // Held back until the broker gives the transaction up.
        Assert.Equal("next", NextRecord(consumer).Message.Value);
        var failure = Assert.Throws<KafkaException>(() => producer.CommitTransaction(Clients.Limit));
        Assert.True(failure.Error.IsFatal, failure.Error.ToString());
    }

    [Fact]
    public async Task Deleting_a_topic_takes_it_out_of_the_transaction()
    {
        var (kept, deleted) = (_fixture.Unique("kept"), _fixture.Unique("deleted"));
        using var producer = Clients.Transactional(Bootstrap, _fixture.Unique("deleting"));
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Bootstrap }).Build();
        producer.InitTransactions(Clients.Limit);
        producer.BeginTransaction();
        producer.Send(deleted, "gone");
        producer.Send(kept, "stays");
        producer.Flush(Clients.Limit);
        await admin.DeleteTopicsAsync([deleted]);
        producer.CommitTransaction(Clients.Limit);
        Assert.Equal(["stays"], Clients.ReadAll(Bootstrap, kept));
    }

    private static void Copy(IConsumer<string, string> consumer, IProducer<string, string> producer, string output)
    {
        var record = NextRecord(consumer);
        producer.BeginTransaction();
        producer.Send(output, record.Message.Value);
        producer.SendOffsetsToTransaction(
            [new(record.TopicPartition, record.Offset + 1)], consumer.ConsumerGroupMetadata, Clients.Limit);
    }

    private static ConsumeResult<string, string> NextRecord(IConsumer<string, string> consumer)
    {
        var next = Clients.Next(consumer);
        while (next.IsPartitionEOF)
            next = Clients.Next(consumer);
        return next;
    }

    private static Offset Committed(IConsumer<string, string> consumer, string topic) =>
        Assert.Single(consumer.Committed([new Confluent.Kafka.TopicPartition(topic, 0)], Clients.Limit)).Offset;

    private static void Abort(IProducer<string, string> producer)
    {
        // librdkafka throws away what is still in its queue; the test is about what the broker has.
        producer.Flush(Clients.Limit);
        producer.AbortTransaction(Clients.Limit);
    }
}
