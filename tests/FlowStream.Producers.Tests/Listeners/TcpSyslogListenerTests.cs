using System.Net;
using System.Net.Sockets;
using System.Text;
using FlowStream.Producers.Listeners;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Producers.Tests.Listeners;

public sealed class TcpSyslogListenerTests
{
    private static readonly ListenerAddress AnyPort = new(ListenerTransport.Tcp, new IPEndPoint(IPAddress.Loopback, 0));

    [Fact]
    public async Task Both_framings_on_one_connection_give_their_messages()
    {
        CollectingTopic topic = await RunAsync(new ProducerOptions(), ["7 <14>1 aplain\n", "7 <14>1 b"], out ListenerCounters counters);

        Assert.Equal(["<14>1 a", "plain", "<14>1 b"], topic.Taken.Select(Encoding.ASCII.GetString));
        Assert.Equal((3L, 0L, 0L), (counters.Sent, counters.RejectedTotal, counters.Connections));
    }

    [Fact]
    public async Task A_line_of_a_megabyte_is_counted_and_the_connection_lives_on()
    {
        CollectingTopic topic =
            await RunAsync(new ProducerOptions(), [new string('x', 1_000_000) + "\n<14>1 next\n"], out ListenerCounters counters);

        Assert.Equal(["<14>1 next"], topic.Taken.Select(Encoding.ASCII.GetString));
        Assert.Equal(1, counters.Rejected(RejectReason.TooLong));
    }

    [Fact]
    public async Task A_counted_frame_that_the_sender_never_finishes_is_counted()
    {
        CollectingTopic topic = await RunAsync(new ProducerOptions(), ["500 <14>1 cut off"], out ListenerCounters counters);

        Assert.Empty(topic.Taken);
        Assert.Equal(1, counters.Rejected(RejectReason.UnfinishedFrame));
    }

    [Fact]
    public async Task Binary_garbage_stops_nothing_and_every_byte_of_it_is_accounted_for()
    {
        byte[] garbage = new byte[200_000];
        new Random(5).NextBytes(garbage);
        var topic = new CollectingTopic();
        using var listener = Bind(topic, new ProducerOptions());
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);

        await SendAndWaitForCloseAsync(listener, garbage);
        await SendAndWaitForCloseAsync(listener, Encoding.ASCII.GetBytes("<14>1 after\n"));
        await stopping.CancelAsync();
        await run;

        Assert.Equal("<14>1 after", Encoding.ASCII.GetString(topic.Taken[^1]));
        Assert.Equal(topic.Taken.Count, listener.Counters.Sent);
        Assert.Equal(listener.Counters.Received, listener.Counters.Sent + listener.Counters.RejectedTotal);
    }

    [Fact]
    public async Task While_the_queue_is_full_the_sender_waits_and_nothing_is_lost()
    {
        const int messages = 20_000;
        var topic = new CollectingTopic();
        topic.SetCapacity(10);
        using var listener = Bind(topic, new ProducerOptions());
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);
        byte[] stream = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, messages).Select(i => $"<14>1 {i:D900}\n")));

        using var sender = await ConnectAsync(listener);
        Task sending = sender.GetStream().WriteAsync(stream).AsTask();
        await topic.ReachedAsync(10);
        // 18 MB cannot all be in the socket buffers, so the sender is still held up.
        Assert.False(sending.IsCompleted);
        topic.SetCapacity(int.MaxValue);
        await sending;
        await topic.ReachedAsync(messages);
        await stopping.CancelAsync();
        await run;

        Assert.Equal(Enumerable.Range(0, messages), topic.Taken.Select(m => int.Parse(m.AsSpan(6), null)));
    }

    [Fact]
    public async Task A_connection_beyond_the_limit_is_closed_and_counted()
    {
        var topic = new CollectingTopic();
        using var listener = Bind(topic, new ProducerOptions { MaxConnections = 1 });
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);

        using TcpClient first = await ConnectAsync(listener);
        await first.GetStream().WriteAsync(Encoding.ASCII.GetBytes("<14>1 first\n"));
        await topic.ReachedAsync(1);
        await SendAndWaitForCloseAsync(listener, []);
        await first.GetStream().WriteAsync(Encoding.ASCII.GetBytes("<14>1 still there\n"));
        await topic.ReachedAsync(2);
        await stopping.CancelAsync();
        await run;

        Assert.Equal(1, listener.Counters.Rejected(RejectReason.TooManyConnections));
    }

    [Fact]
    public async Task A_sender_that_falls_silent_in_the_middle_of_a_frame_is_closed()
    {
        var clock = new FakeTimeProvider();
        var topic = new CollectingTopic();
        using var listener = new TcpSyslogListener(AnyPort, topic, new ProducerOptions(), clock, NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);

        using TcpClient sender = await ConnectAsync(listener);
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes("<14>1 whole\n99 <14>1 unfinished"));
        await topic.ReachedAsync(1);
        Task closed = sender.GetStream().ReadAsync(new byte[1]).AsTask();
        while (!closed.IsCompleted)
        {
            clock.Advance(new ProducerOptions().UnfinishedFrameTimeout);
            await Task.Yield();
        }
        await stopping.CancelAsync();
        await run;

        Assert.Equal(1, listener.Counters.Rejected(RejectReason.UnfinishedFrame));
    }

    [Fact]
    public async Task What_finds_no_room_until_the_time_to_drain_is_over_is_counted_and_the_end_comes()
    {
        var clock = new FakeTimeProvider();
        var topic = new CollectingTopic();
        topic.SetCapacity(1);
        using var listener = new TcpSyslogListener(AnyPort, topic, new ProducerOptions(), clock, NullLogger.Instance);
        using var stopping = new CancellationTokenSource();
        Task run = listener.RunAsync(stopping.Token);

        using TcpClient sender = await ConnectAsync(listener);
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes("<14>1 a\n<14>1 b\n<14>1 c\n"));
        await topic.ReachedAsync(1);
        await stopping.CancelAsync();
        Assert.False(run.IsCompleted);
        while (!run.IsCompleted)
        {
            clock.Advance(new ProducerOptions().DrainTimeout);
            await Task.Yield();
        }
        await run;

        Assert.Equal(1, listener.Counters.Sent);
        Assert.Equal(2, listener.Counters.Rejected(RejectReason.NotDrained));
    }

    private static TcpSyslogListener Bind(IRawTopic topic, ProducerOptions options) =>
        new(AnyPort, topic, options, TimeProvider.System, NullLogger.Instance);

    private static Task<CollectingTopic> RunAsync(ProducerOptions options, string[] writes, out ListenerCounters counters)
    {
        var topic = new CollectingTopic();
        TcpSyslogListener listener = Bind(topic, options);
        counters = listener.Counters;
        return RunAsync(listener, topic, Encoding.ASCII.GetBytes(string.Concat(writes)));
    }

    private static async Task<CollectingTopic> RunAsync(TcpSyslogListener listener, CollectingTopic topic, byte[] stream)
    {
        using (listener)
        {
            using var stopping = new CancellationTokenSource();
            Task run = listener.RunAsync(stopping.Token);
            await SendAndWaitForCloseAsync(listener, stream);
            await stopping.CancelAsync();
            await run;
            return topic;
        }
    }

    private static async Task<TcpClient> ConnectAsync(TcpSyslogListener listener)
    {
        var client = new TcpClient();
        await client.ConnectAsync(listener.LocalEndpoint);
        return client;
    }

    // The listener closes its side when it has taken everything, which the sender sees as the end of its own stream.
    private static async Task SendAndWaitForCloseAsync(TcpSyslogListener listener, byte[] stream)
    {
        using TcpClient client = await ConnectAsync(listener);
        try
        {
            NetworkStream connection = client.GetStream();
            await connection.WriteAsync(stream);
            if (stream.Length > 0) client.Client.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await connection.ReadAsync(new byte[1]));
        }
        catch (IOException)
        {
            // A reset is how the system closes a connection on which unread bytes were left.
        }
    }
}
