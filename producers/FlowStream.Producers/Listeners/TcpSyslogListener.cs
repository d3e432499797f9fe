using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers.Listeners;

/// <summary>Accepts streams of framed messages (RFC 6587) and runs one <see cref="TcpSyslogConnection"/> for each.</summary>
internal sealed class TcpSyslogListener : ISyslogListener
{
    private const int AcceptBacklog = 512;

    private readonly Socket _socket;
    private readonly IRawTopic _topic;
    private readonly ProducerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Task, byte> _connections = [];

    public TcpSyslogListener(ListenerAddress address, IRawTopic topic, ProducerOptions options, TimeProvider clock, ILogger logger)
    {
        _topic = topic;
        _options = options;
        _clock = clock;
        _logger = logger;
        _socket = new Socket(address.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // A restart must get its port back while old connections linger in TIME_WAIT.
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.Bind(address.Endpoint);
        _socket.Listen(AcceptBacklog);
        Counters = new ListenerCounters(address.ToString());
        ProducerLog.TcpListening(logger, LocalEndpoint);
    }

    public IPEndPoint LocalEndpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public ListenerCounters Counters { get; }

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                Socket socket = await _socket.AcceptAsync(stopping).ConfigureAwait(false);
                Admit(socket, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _socket.Close();
        }
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
    }

    public void Dispose() => _socket.Dispose();

    private void Admit(Socket socket, CancellationToken stopping)
    {
        if (Counters.Connections >= _options.MaxConnections)
        {
            ProducerLog.ConnectionRefused(_logger, socket.RemoteEndPoint, _options.MaxConnections);
            Counters.CountRejected(RejectReason.TooManyConnections, 0);
            socket.Dispose();
            return;
        }
        Counters.ConnectionOpened();
        Task run = RunConnectionAsync(socket, stopping);
        _connections.TryAdd(run, 0);
        _ = run.ContinueWith(
            done => _connections.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunConnectionAsync(Socket socket, CancellationToken stopping)
    {
        try
        {
            using (socket)
            {
                await new TcpSyslogConnection(socket, Counters, _topic, _options, _clock, _logger).RunAsync(stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            Counters.ConnectionClosed();
        }
    }
}
