using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Server;

/// <summary>
/// The broker's events: each method writes the log line and raises the counter of one kind of event, so neither can go without the other.
/// </summary>
internal sealed class BrokerEvents : IDisposable
{
    /// <summary>The meter of all counters here.</summary>
    public const string MeterName = "FlowStream.Broker";

    private readonly ILogger _log;
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _idle;

    /// <summary>Creates the counters.</summary>
    /// <param name="log">Where the lines go.</param>
    public BrokerEvents(ILogger log)
    {
        _log = log;
        _malformed = _meter.CreateCounter<long>("flowstream.broker.requests.malformed", description: "Connections closed for bad bytes.");
        _refused = _meter.CreateCounter<long>("flowstream.broker.connections.refused", description: "Connections above the limit.");
        _failed = _meter.CreateCounter<long>("flowstream.broker.requests.failed", description: "Requests ended by an unexpected error.");
        _idle = _meter.CreateCounter<long>("flowstream.broker.connections.idle", description: "Connections closed for idleness.");
    }

    /// <summary>The bytes of a connection were not a request that this broker understands; it is closed.</summary>
    public void MalformedRequest(string client, string what)
    {
        _malformed.Add(1);
        _log.LogWarning("Closing connection of {Client}: {What}", client, what);
    }

    /// <summary>A connection was closed at once because there are as many as allowed.</summary>
    public void ConnectionRefused(string client, int limit)
    {
        _refused.Add(1);
        _log.LogWarning("Refusing connection of {Client}: {Limit} connections are open", client, limit);
    }

    /// <summary>A connection had no request for longer than allowed.</summary>
    public void ConnectionIdle(string client)
    {
        _idle.Add(1);
        _log.LogDebug("Closing connection of {Client}: idle", client);
    }

    /// <summary>A handler failed in a way it did not foresee; the connection is closed, the broker goes on.</summary>
    public void RequestFailed(string client, string request, Exception error)
    {
        _failed.Add(1);
        _log.LogError(error, "{Request} of {Client} failed, closing its connection", request, client);
    }

    /// <summary>Accepting a connection failed (for example: no file handles left); the listener goes on.</summary>
    public void AcceptFailed(Exception error)
    {
        _failed.Add(1);
        _log.LogError(error, "Accepting a connection failed");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
