using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowStream.Producers.Listeners;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Producers.Tests.Listeners;

public sealed class UdpSyslogListenerTests
{
    private static readonly ListenerAddress AnyPort = new(ListenerTransport.Udp, new IPEndPoint(IPAddress.Loopback, 0));

    [Fact]
    public async Task Each_datagram_is_one_message_and_is_kept_as_it_came()
    {
        var topic = new CollectingTopic();
        using var listener = Bind(topic, new ProducerOptions());
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);
        byte[] binary = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, (byte)'\n', 0];

        Send(listener, Encoding.ASCII.GetBytes("<14>1 one\nstill one\n"), binary);
        await topic.ReachedAsync(2);
        await stopping.CancelAsync();
        await run;

        Assert.Equal([Encoding.ASCII.GetBytes("<14>1 one\nstill one\n"), binary], topic.Taken);
        Assert.Equal((2L, 2L, 0L), (listener.Counters.Received, listener.Counters.Sent, listener.Counters.RejectedTotal));
    }

    [Fact]
    public async Task Empty_and_too_long_datagrams_are_counted_with_their_reason()
    {
        var topic = new CollectingTopic();
        using var listener = Bind(topic, new ProducerOptions { MaxMessageBytes = 100 });

        Send(listener, [], new byte[101], new byte[100]);
        await listener.RunAsync(new CancellationToken(true));

        Assert.Equal([new byte[100]], topic.Taken);
        Assert.Equal((1L, 1L), (listener.Counters.Rejected(RejectReason.Empty), listener.Counters.Rejected(RejectReason.TooLong)));
    }

    [Fact]
    public async Task Datagrams_that_the_queue_has_no_room_for_are_counted()
    {
        var topic = new CollectingTopic();
        topic.SetCapacity(2);
        using var listener = Bind(topic, new ProducerOptions());

        Send(listener, [1], [2], [3], [4], [5]);
        await listener.RunAsync(new CancellationToken(true));

        Assert.Equal(2, topic.Taken.Count);
        Assert.Equal(3, listener.Counters.Rejected(RejectReason.QueueFull));
        Assert.Equal(listener.Counters.Received, listener.Counters.Sent + listener.Counters.RejectedTotal);
    }

    [Fact]
    public async Task What_was_sent_is_what_was_received_and_what_the_kernel_dropped()
    {
        const int sent = 20_000;
        var topic = new CollectingTopic();
        using var listener = Bind(topic, new ProducerOptions { UdpReceiveBufferBytes = 64 * 1024 });
        byte[] datagram = new byte[400];

        Send(listener, [.. Enumerable.Repeat(datagram, sent)]);
        await listener.RunAsync(new CancellationToken(true));

        Assert.InRange(listener.Counters.KernelDropped, 1, sent - 1);
        Assert.Equal(sent, listener.Counters.Received + listener.Counters.KernelDropped);
        Assert.Equal(topic.Taken.Count, listener.Counters.Sent);
    }

    private static UdpSyslogListener Bind(IRawTopic topic, ProducerOptions options) =>
        new(AnyPort, topic, options, TimeProvider.System, NullLogger.Instance);

    // On loopback a datagram is in the receiver's buffer, or dropped there, when the call returns.
    private static void Send(UdpSyslogListener listener, params byte[][] datagrams)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach (byte[] datagram in datagrams) socket.SendTo(datagram, listener.LocalEndpoint);
    }
}
