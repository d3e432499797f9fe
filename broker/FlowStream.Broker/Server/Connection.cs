using System.Net;
using System.Net.Sockets;
using FlowStream.Broker.Apis;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Server;

/// <summary>
/// One client. Requests are handled one after another in the order of arrival, as Apache Kafka does, so that responses are in that order
/// without bookkeeping; what a client sends ahead waits in the socket, which bounds it. A long poll holds up only its own connection.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket;
    private readonly TimeProvider _clock;
    private readonly RequestFrameReader _frames;
    private readonly KafkaWriter _response = new();
    private readonly RequestContext _context;
    private long _waitingSince;

    /// <summary>Takes over an accepted socket.</summary>
    /// <param name="socket">The socket; disposed with this.</param>
    /// <param name="advertised">What the broker calls itself, or null: the address by which this client reached it.</param>
    /// <param name="maxRequestBytes">The largest request frame that is accepted.</param>
    /// <param name="clock">The clock for idleness.</param>
    /// <param name="closing">Cancelled when the broker stops.</param>
    public Connection(Socket socket, HostPort? advertised, int maxRequestBytes, TimeProvider clock, CancellationToken closing)
    {
        _socket = socket;
        _clock = clock;
        _frames = new RequestFrameReader(maxRequestBytes);
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var remote = ((IPEndPoint)socket.RemoteEndPoint!).Address;
        Client = "/" + (remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote);
        _context = new RequestContext(Client, closing)
        {
            Response = _response,
            Advertised = advertised ?? new HostPort(
                (local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address).ToString(), local.Port),
        };
        socket.NoDelay = true;
        Waiting();
    }

    /// <summary>The peer's address as Kafka shows it.</summary>
    public string Client { get; }

    /// <summary>Whether this connection has moved no byte for <paramref name="limit"/> while it was the client's turn.</summary>
    public bool IsIdle(TimeSpan limit)
    {
        var since = Volatile.Read(ref _waitingSince);
        return since != 0 && _clock.GetElapsedTime(since) > limit;
    }

    /// <summary>Serves requests until the client leaves, sends what is no request, or the broker stops. Does not throw.</summary>
    /// <param name="dispatcher">Handles the requests.</param>
    /// <param name="events">Where bad bytes are reported.</param>
    public async Task RunAsync(RequestDispatcher dispatcher, BrokerEvents events)
    {
        try
        {
            while (await ReceiveFrameAsync(events).ConfigureAwait(false))
            {
                Volatile.Write(ref _waitingSince, 0);
                var outcome = await dispatcher.DispatchAsync(_context, _frames.Frame).ConfigureAwait(false);
                _frames.Release();
                Waiting();
                if (outcome is DispatchOutcome.Send or DispatchOutcome.SendThenClose)
                    await SendAsync().ConfigureAwait(false);
                if (outcome is not (DispatchOutcome.Send or DispatchOutcome.Skip))
                    break;
            }
        }
        catch (SocketException)
        {
            // The client is gone: there is nobody to tell, and nothing of the broker was in flight.
        }
        catch (ObjectDisposedException)
        {
            // The broker or the idle check closed the socket under a pending receive or send.
        }
    }

    /// <summary>Breaks off whatever the connection is doing.</summary>
    public void Abort() => _socket.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _frames.Dispose();
        _response.Dispose();
    }

    private void Waiting() => Volatile.Write(ref _waitingSince, Math.Max(1, _clock.GetTimestamp()));

    private async ValueTask<bool> ReceiveFrameAsync(BrokerEvents events)
    {
        while (true)
        {
            var status = _frames.TryTake();
            if (status == FrameStatus.Complete)
                return true;
            if (status == FrameStatus.BadLength)
            {
                events.MalformedRequest(Client, $"a request of {_frames.ClaimedLength} bytes is no Kafka request or above the limit");
                return false;
            }

            var received = await _socket.ReceiveAsync(_frames.Free()).ConfigureAwait(false);
            if (received == 0)
                return false;
            _frames.Received(received);
            Waiting();
        }
    }

    private async ValueTask SendAsync()
    {
        var rest = _response.Written;
        while (rest.Length > 0)
        {
            rest = rest[await _socket.SendAsync(rest).ConfigureAwait(false)..];
            Waiting();
        }

        _response.Reset();
    }
}
