using FlowStream.Broker.Apis;
using FlowStream.Broker.Control;
using FlowStream.Broker.Server;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker;

/// <summary>
/// A single-node broker that speaks the Kafka protocol, inside this process: for development, tests and one-machine use.
/// What it serves stands in SkippedFeatures.md by what it leaves out.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly Stack<object> _parts;
    private readonly BrokerServer _server;

    private EmbeddedBroker(Stack<object> parts, BrokerServer server, BrokerControl control)
    {
        _parts = parts;
        _server = server;
        Control = control;
    }

    /// <summary>Where clients of this machine connect: the listen address, with the port that was really bound.</summary>
    public HostPort Endpoint => _server.Endpoint;

    /// <summary>Hooks for tests.</summary>
    public BrokerControl Control { get; }

    /// <summary>Opens the data directory, recovers the logs, and listens.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="clock">The clock for everything but socket time-outs of the system.</param>
    /// <param name="loggers">Where the broker reports.</param>
    /// <returns>The running broker.</returns>
    /// <exception cref="IOException">Another broker has the data directory, or the address cannot be listened on.</exception>
    /// <exception cref="InvalidDataException">The metadata in the data directory is missing or damaged.</exception>
    public static Task<EmbeddedBroker> StartAsync(BrokerOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(loggers);
        // Recovery reads files for as long as it takes: not on the caller's thread.
        return Task.Run(() => OpenAsync(options, clock, loggers));
    }

    /// <summary>Closes connections, then the logs, so that they open without a scan.</summary>
    public ValueTask DisposeAsync() => CloseAsync(_parts);

    private static async Task<EmbeddedBroker> OpenAsync(BrokerOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        // Closed in the reverse order: the server first, the directory lock last.
        var parts = new Stack<object>();
        try
        {
            parts.Push(DataDirectoryLock.Take(options.DataDirectory));
            var topics = Opened(parts, TopicStore.Open(options, clock, loggers));
            parts.Push(new LogCleaner(topics, options.RetentionCheckInterval, clock, loggers.CreateLogger<LogCleaner>()));
            var registry = new ApiRegistry();
            var coordinators = Opened(parts, Coordinators.Open(options, topics, clock, loggers));
            TopicApis.AddTo(registry, topics, coordinators.Transactions, options, clock);
            CoordinatorApis.AddTo(registry, topics, coordinators.Groups, coordinators.Transactions, options);
            var control = new BrokerControl();
            var events = Opened(parts, new BrokerEvents(loggers.CreateLogger<EmbeddedBroker>()));
            var dispatcher = new RequestDispatcher(registry, control, events);
            return new EmbeddedBroker(parts, Opened(parts, BrokerServer.Start(options, dispatcher, events, clock)), control);
        }
        catch
        {
            await CloseAsync(parts).ConfigureAwait(false);
            throw;
        }
    }

    private static T Opened<T>(Stack<object> parts, T part)
        where T : class
    {
        parts.Push(part);
        return part;
    }

    private static async ValueTask CloseAsync(Stack<object> parts)
    {
        while (parts.TryPop(out var part))
        {
            if (part is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            else if (part is IDisposable synchronous)
                synchronous.Dispose();
        }
    }
}
