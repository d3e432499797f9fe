using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers.Listeners;

/// <summary>Takes one message from each datagram (RFC 5426 section 3.1).</summary>
internal sealed class UdpSyslogListener : ISyslogListener
{
    // Senders are firewalls and relays: few. The bound keeps a spoofed flood from growing the cache.
    private const int MaxCachedSources = 4096;

    private static readonly TimeSpan ReceiveRetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;
    private readonly ILogger _logger;
    private readonly IRawTopic _topic;
    private readonly ProducerOptions _options;
    private readonly TimeProvider _clock;
    private readonly KernelDrops _drops;
    private readonly Dictionary<SocketAddress, RawSource> _sources = [];
    private readonly byte[] _buffer;

    public UdpSyslogListener(ListenerAddress address, IRawTopic topic, ProducerOptions options, TimeProvider clock, ILogger logger)
    {
        _topic = topic;
        _logger = logger;
        _options = options;
        _clock = clock;
        // One byte more than is accepted shows that a datagram was longer.
        _buffer = new byte[options.MaxMessageBytes + 1];
        _socket = new Socket(address.Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.ReceiveBufferSize = options.UdpReceiveBufferBytes;
        _socket.Bind(address.Endpoint);
        _drops = new KernelDrops(_socket);
        Counters = new ListenerCounters(address.ToString());
        ProducerLog.UdpListening(logger, LocalEndpoint, options.UdpReceiveBufferBytes, _socket.ReceiveBufferSize);
    }

    public IPEndPoint LocalEndpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public ListenerCounters Counters { get; }

    public async Task RunAsync(CancellationToken stopping)
    {
        using ITimer timer = _clock.CreateTimer(_ => ReadDrops(), null, _options.KernelDropInterval, _options.KernelDropInterval);
        var sender = new SocketAddress(_socket.AddressFamily);
        try
        {
            while (true)
            {
                int length = await ReceiveAsync(sender, stopping).ConfigureAwait(false);
                if (length >= 0) Take(_buffer.AsSpan(0, length), sender);
                else await Task.Delay(ReceiveRetryDelay, _clock, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Drain(sender);
        }
        ReadDrops();
    }

    public void Dispose() => _socket.Dispose();

    // One receive that fails, for want of the kernel's memory, is no reason to receive nothing any more.
    private async ValueTask<int> ReceiveAsync(SocketAddress sender, CancellationToken stopping)
    {
        try
        {
            return await _socket.ReceiveFromAsync(_buffer.AsMemory(), SocketFlags.None, sender, stopping).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            ProducerLog.ReceiveFailed(_logger, Counters.Listener, error.SocketErrorCode);
            return -1;
        }
    }

    // What the kernel holds when the end comes was received in time; at most one receive buffer of it, so this ends.
    private void Drain(SocketAddress sender)
    {
        _socket.Blocking = false;
        for (int bytes = 0; bytes < _socket.ReceiveBufferSize && _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);)
        {
            int length = _socket.ReceiveFrom(_buffer.AsSpan(), SocketFlags.None, sender);
            bytes += Math.Max(length, 1);
            Take(_buffer.AsSpan(0, length), sender);
        }
    }

    private void Take(ReadOnlySpan<byte> datagram, SocketAddress sender)
    {
        if (datagram.IsEmpty)
        {
            Counters.CountRejected(RejectReason.Empty, 0);
            return;
        }
        if (datagram.Length > _options.MaxMessageBytes)
        {
            Counters.CountRejected(RejectReason.TooLong, datagram.Length);
            return;
        }
        var message = new RawMessage { Payload = datagram, Received = _clock.GetUtcNow(), Source = SourceOf(sender) };
        if (_topic.TrySend(message)) Counters.CountSent(datagram.Length);
        else Counters.CountRejected(RejectReason.QueueFull, datagram.Length);
    }

    private RawSource SourceOf(SocketAddress sender)
    {
        if (_sources.TryGetValue(sender, out RawSource? source)) return source;
        if (_sources.Count == MaxCachedSources) _sources.Clear();
        var copy = new SocketAddress(sender.Family, sender.Size);
        sender.Buffer.Span[..sender.Size].CopyTo(copy.Buffer.Span);
        string text = _socket.LocalEndPoint!.Create(sender).ToString()!;
        return _sources[copy] = new RawSource(text, Counters.Listener, ListenerTransport.Udp.Scheme());
    }

    private void ReadDrops()
    {
        lock (_drops) Counters.SetKernelDropped(_drops.Read());
    }
}
