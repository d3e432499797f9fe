using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers.Listeners;

/// <summary>Accepts streams of framed messages (RFC 6587) and runs one <see cref="TcpSyslogConnection"/> for each.</summary>
internal sealed class TcpSyslogListener : ISyslogListener
{
    private const int AcceptBacklog = 512;

    // Running out of file descriptors lasts until some connection closes: long enough not to spin, short enough for a sender's next try.
    private static readonly TimeSpan AcceptRetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly IRawTopic _topic;
    private readonly ProducerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<Task, byte> _connections = [];
    private readonly CancellationTokenSource _abandoned = new();
    private long _refused;

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
                if (await AcceptAsync(stopping).ConfigureAwait(false) is { } socket) Admit(socket, stopping);
                else await Task.Delay(AcceptRetryDelay, _clock, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _socket.Close();
        }
        using ITimer limit = _clock.CreateTimer(_ => _abandoned.Cancel(), null, _options.DrainTimeout, Timeout.InfiniteTimeSpan);
        await Task.WhenAll(_connections.Keys).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _abandoned.Dispose();
    }

    // One connection that cannot be accepted is no reason to accept none any more.
    private async Task<Socket?> AcceptAsync(CancellationToken stopping)
    {
        try
        {
            return await _socket.AcceptAsync(stopping).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            ProducerLog.AcceptFailed(_logger, Counters.Listener, error.SocketErrorCode);
            return null;
        }
    }

    private void Admit(Socket socket, CancellationToken stopping)
    {
        if (Counters.Connections >= _options.MaxConnections)
        {
            // A sender that is refused tries again: the log gets ever fewer of them, the counter all.
            if (long.IsPow2(++_refused)) ProducerLog.ConnectionRefused(_logger, _refused, _options.MaxConnections, socket.RemoteEndPoint);
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
                var connection = new TcpSyslogConnection(socket, Counters, _topic, _options, _clock, _logger);
                await connection.RunAsync(stopping, _abandoned.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Counters.ConnectionClosed();
        }
    }
}
