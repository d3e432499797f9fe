using System.Buffers.Binary;
using System.Net;
using Confluent.Kafka;
using FlowStream.Broker.Control;
using FlowStream.Broker.Wire;
using FlowStream.Producers.Kafka;
using FlowStream.Testing.Broker;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Producers.Tests.Kafka;

public sealed class RawTopicProducerTests
{
    // Kafka protocol, error codes.
    private const short ClusterAuthorizationFailed = 31;

    [Fact(Timeout = 60_000)]
    public async Task A_producer_that_is_not_authorised_ends_with_the_cause_instead_of_refusing_for_ever()
    {
        if (BrokerFixture.IsExternal) return;
        await using BrokerFixture broker = await BrokerFixture.StartAsync();
        using IDisposable refusing = broker.Broker.Control.On(ApiKey.InitProducerId, _ => ControlAction.Answer(NotAuthorised()));
        var options = new RawTopicOptions { Bootstrap = broker.Bootstrap, Topic = broker.Unique("raw") };
        using var topic = new RawTopicProducer(options, NullLogger.Instance);
        var listening = new ProducerOptions
        {
            Listeners = [new ListenerAddress(ListenerTransport.Tcp, new IPEndPoint(IPAddress.Loopback, 0))],
        };
        using var producer = new SyslogProducer(listening, topic, TimeProvider.System, NullLogger<SyslogProducer>.Instance);
        Assert.True(topic.TrySend("k"u8.ToArray(), "message"u8, DateTimeOffset.UnixEpoch, headers: null));
        KafkaException failure = await Assert.ThrowsAsync<KafkaException>(() => producer.RunAsync(CancellationToken.None));
        Assert.True(failure.Error.IsFatal, failure.ToString());
        Assert.Equal(0, topic.Drain(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, topic.Counters.Undeliverable);
    }

    // InitProducerId response, versions 0 and 1: throttle time, error code, producer id, producer epoch.
    private static byte[] NotAuthorised()
    {
        var body = new byte[sizeof(int) + sizeof(short) + sizeof(long) + sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(body.AsSpan(sizeof(int)), ClusterAuthorizationFailed);
        return body;
    }
}
