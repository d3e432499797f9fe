using Confluent.Kafka;
using FlowStream.Streams.Clients;
using FlowStream.Streams.Kafka;

namespace FlowStream.Streams.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(ErrorCode.Local_Fenced)]
    [InlineData(ErrorCode.InvalidProducerEpoch)]
    [InlineData(ErrorCode.ProducerFenced)]
    [InlineData(ErrorCode.InvalidProducerIdMapping)]
    [InlineData(ErrorCode.UnknownProducerId)]
    [InlineData(ErrorCode.IllegalGeneration)]
    [InlineData(ErrorCode.UnknownMemberId)]
    [InlineData(ErrorCode.FencedInstanceId)]
    [InlineData(ErrorCode.Local_TimedOut)]
    [InlineData(ErrorCode.Local_State)]
    [InlineData(ErrorCode.Unknown)]
    public void What_leaves_a_transaction_open_or_in_doubt_loses_it(ErrorCode code)
    {
        Assert.Equal(ClientFailure.TransactionLost, Transaction(new KafkaException(new Error(code))));
        Assert.Equal(ClientFailure.TransactionLost, Transaction(new KafkaException(new Error(code, "", isFatal: true))));
        Assert.Equal(ClientFailure.TransactionLost, Transaction(new KafkaTxnRequiresAbortException(new Error(code))));
    }

    [Theory]
    [InlineData(ErrorCode.Local_TimedOut)]
    [InlineData(ErrorCode.Local_Transport)]
    [InlineData(ErrorCode.RequestTimedOut)]
    public void A_timeout_in_a_transaction_is_in_doubt_even_where_librdkafka_calls_it_retriable(ErrorCode code) =>
        Assert.Equal(ClientFailure.TransactionLost, Transaction(new KafkaRetriableException(new Error(code))));

    [Fact]
    public void What_librdkafka_calls_retriable_for_another_reason_is_asked_again() =>
        Assert.Equal(ClientFailure.Retriable, Transaction(new KafkaRetriableException(new Error(ErrorCode.ConcurrentTransactions))));

    [Theory]
    [InlineData(ErrorCode.TransactionalIdAuthorizationFailed)]
    [InlineData(ErrorCode.GroupAuthorizationFailed)]
    [InlineData(ErrorCode.TopicAuthorizationFailed)]
    [InlineData(ErrorCode.SaslAuthenticationFailed)]
    [InlineData(ErrorCode.InvalidTransactionTimeout)]
    public void What_only_an_operator_can_mend_is_fatal(ErrorCode code)
    {
        Assert.Equal(ClientFailure.Fatal, Transaction(new KafkaException(new Error(code))));
        Assert.Equal(ClientFailure.Fatal, ConfluentErrors.OfRead("x", new KafkaException(new Error(code))).Failure);
    }

    [Theory]
    [InlineData(ErrorCode.Local_TimedOut)]
    [InlineData(ErrorCode.Local_Transport)]
    [InlineData(ErrorCode.UnknownTopicOrPart)]
    [InlineData(ErrorCode.UnstableOffsetCommit)]
    [InlineData(ErrorCode.Local_MaxPollExceeded)]
    public void A_read_that_failed_is_tried_again(ErrorCode code) =>
        Assert.Equal(ClientFailure.Retriable, ConfluentErrors.OfRead("x", new KafkaException(new Error(code))).Failure);

    [Theory]
    [InlineData("isolation.level")]
    [InlineData("producer.transactional.id")]
    [InlineData("consumer.enable.auto.commit")]
    public void A_property_that_exactly_once_rests_on_is_refused(string name)
    {
        var options = Options() with { ClientProperties = new Dictionary<string, string> { [name] = "x" } };
        var refused = Assert.Throws<StreamsConfigurationException>(() => new StreamsApplication([SumProcessor.Stage()], options));
        Assert.Contains(name, refused.Message);
    }

    [Fact]
    public void Client_properties_reach_every_client_and_prefixed_ones_their_own()
    {
        var configuration = new ClientConfiguration(Options() with
        {
            ClientProperties = new Dictionary<string, string>
            {
                ["security.protocol"] = "ssl", ["producer.linger.ms"] = "50", ["linger.ms"] = "1", ["consumer.fetch.min.bytes"] = "7",
            },
        });
        var producer = configuration.Producer("id");
        var consumer = configuration.Consumer("group", "member", readsHeaders: false);
        Assert.Equal(("ssl", "50"), (producer["security.protocol"], producer["linger.ms"]));
        Assert.Equal(("ssl", "7"), (consumer["security.protocol"], consumer["fetch.min.bytes"]));
        Assert.False(producer.ContainsKey("fetch.min.bytes"));
        Assert.Equal("read_committed", consumer["isolation.level"]);
    }

    [Fact]
    public void An_option_out_of_range_is_named()
    {
        var refused = Assert.Throws<StreamsConfigurationException>(() => (Options() with { Threads = 0 }).Validate());
        Assert.Contains("Threads", refused.Message);
    }

    private static StreamsOptions Options() => new() { ApplicationId = "a", BootstrapServers = "127.0.0.1:1", StateDirectory = "s" };

    private static ClientFailure Transaction(KafkaException error) => ConfluentErrors.OfTransaction("x", error).Failure;
}
