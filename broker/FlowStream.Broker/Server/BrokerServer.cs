using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FlowStream.Broker.Server;

/// <summary>Listens, and runs one <see cref="Connection"/> per client until it is disposed.</summary>
internal sealed class BrokerServer : IAsyncDisposable
{
    // As many as Linux allows by default (net.core.somaxconn).
    private const int Backlog = 4096;

    // An idle connection is found at most this share of the limit late.
    private const int IdleChecksPerTimeout = 4;

    private readonly BrokerOptions _options;
    private readonly RequestDispatcher _dispatcher;
    private readonly BrokerEvents _events;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly Socket _listener;
    private readonly Task _accepting;
    private readonly ITimer _idleCheck;

    private BrokerServer(BrokerOptions options, Socket listener, RequestDispatcher dispatcher, BrokerEvents events, TimeProvider clock)
    {
        _options = options;
        _listener = listener;
        _dispatcher = dispatcher;
        _events = events;
        _clock = clock;
        var bound = (IPEndPoint)listener.LocalEndPoint!;
        Endpoint = new HostPort(options.Listen.Host, bound.Port);
        Advertised = options.Advertised ?? (IsWildcard(bound.Address) ? null : Endpoint);
        var period = options.ConnectionIdleTimeout / IdleChecksPerTimeout;
        _idleCheck = clock.CreateTimer(_ => CloseIdle(), null, period, period);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The address that is listened on, with the port that was really bound.</summary>
    public HostPort Endpoint { get; }

    /// <summary>What clients are told; null when it is the address by which each of them came.</summary>
    public HostPort? Advertised { get; }

    /// <summary>Binds and starts accepting.</summary>
    /// <param name="options">Addresses and limits.</param>
    /// <param name="dispatcher">Handles requests.</param>
    /// <param name="events">Where trouble is reported.</param>
    /// <param name="clock">The clock for idleness.</param>
    /// <exception cref="IOException">The address cannot be resolved or bound; the message names it.</exception>
    public static BrokerServer Start(BrokerOptions options, RequestDispatcher dispatcher, BrokerEvents events, TimeProvider clock)
    {
        Socket? listener = null;
        try
        {
            var address = IPAddress.TryParse(options.Listen.Host, out var parsed) ? parsed : Dns.GetHostAddresses(options.Listen.Host)[0];
            listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
                listener.DualMode = true;
            listener.Bind(new IPEndPoint(address, options.Listen.Port));
            listener.Listen(Backlog);
            return new BrokerServer(options, listener, dispatcher, events, clock);
        }
        catch (SocketException error)
        {
            listener?.Dispose();
            throw new IOException($"cannot listen on {options.Listen}: {error.Message}", error);
        }
    }

    /// <summary>Stops accepting, breaks off every connection, and waits until their handlers have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _idleCheck.DisposeAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        foreach (var connection in _connections.Keys)
            connection.Abort();
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _closing.Dispose();
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Admit(await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false));
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                if (_closing.IsCancellationRequested)
                    return;
                _events.AcceptFailed(error);
                // Out of file handles, most likely: without a pause this loop would take a whole core until some are free.
                await Task.Delay(_options.AcceptRetryDelay, _clock).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket socket)
    {
        Connection connection;
        try
        {
            connection = new Connection(socket, Advertised, _options.MaxRequestBytes, _clock, _closing.Token);
        }
        catch (SocketException)
        {
            // The client reset the connection before it was looked at.
            socket.Dispose();
            return;
        }

        if (_connections.Count >= _options.MaxConnections)
        {
            _events.ConnectionRefused(connection.Client, _options.MaxConnections);
            connection.Dispose();
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = done.Task;
        _ = Task.Run(() => ServeAsync(connection, done));
    }

    private async Task ServeAsync(Connection connection, TaskCompletionSource done)
    {
        try
        {
            await connection.RunAsync(_dispatcher, _events).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
            done.SetResult();
        }
    }

    private void CloseIdle()
    {
        foreach (var connection in _connections.Keys)
        {
            if (!connection.IsIdle(_options.ConnectionIdleTimeout))
                continue;
            _events.ConnectionIdle(connection.Client);
            connection.Abort();
        }
    }
}
