using System.Net;
using FlowStream.Producers.Kafka;
using FlowStream.Producers.Listeners;
using Microsoft.Extensions.Logging;

namespace FlowStream.Producers;

/// <summary>
/// The producer service: listeners on one side, the raw topic on the other. It does not parse: receiving is urgent and loss is final,
/// so a message is only given its flow key and handed on.
/// </summary>
public sealed class SyslogProducer : IDisposable
{
    private readonly ProducerOptions _options;
    private readonly RawTopicProducer _topic;
    private readonly TimeProvider _clock;
    private readonly List<ISyslogListener> _listeners = [];
    private readonly ProducerMetrics _metrics;

    /// <summary>Binds every listener; nothing is received until <see cref="RunAsync"/>.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound.</exception>
    public SyslogProducer(ProducerOptions options, RawTopicProducer topic, TimeProvider clock, ILogger<SyslogProducer> logger)
    {
        _options = options;
        _topic = topic;
        _clock = clock;
        try
        {
            foreach (ListenerAddress address in options.Listeners) _listeners.Add(Bind(address, clock, logger));
        }
        catch
        {
            foreach (ISyslogListener listener in _listeners) listener.Dispose();
            throw;
        }
        _metrics = new ProducerMetrics(Listeners, topic.Counters);
    }

    /// <summary>The account of each listener, in the order of the options.</summary>
    public IReadOnlyList<ListenerCounters> Listeners => [.. _listeners.Select(l => l.Counters)];

    /// <summary>The account of deliveries.</summary>
    public DeliveryCounters Delivery => _topic.Counters;

    /// <summary>Where each listener listens, in the order of the options.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints => [.. _listeners.Select(l => l.LocalEndpoint)];

    /// <summary>
    /// Receives until cancelled; then takes what has arrived, waits until the broker has acknowledged it, and completes.
    /// </summary>
    /// <returns>How many records the broker had not acknowledged when the time to drain was over.</returns>
    /// <exception cref="Confluent.Kafka.KafkaException">
    /// The client has given up for good: the listeners are closed, and what had been taken is counted as undeliverable.
    /// </exception>
    public async Task<long> RunAsync(CancellationToken stopping)
    {
        long stopped = _clock.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using CancellationTokenRegistration noted = ending.Token.Register(() => stopped = _clock.GetTimestamp());
        Task listening = Task.WhenAll(_listeners.Select(l => l.RunAsync(ending.Token)));
        bool failed = await Task.WhenAny(listening, _topic.Failed).ConfigureAwait(false) == _topic.Failed;
        if (failed) await ending.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        if (_topic.Failed.IsCompleted) throw await _topic.Failed.ConfigureAwait(false);
        // Connections that found no room have had their part of the time already.
        long left = Math.Max(0, (_options.DrainTimeout - _clock.GetElapsedTime(stopped)).Ticks);
        return await Task.Run(() => _topic.Drain(TimeSpan.FromTicks(left)), CancellationToken.None).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        foreach (ISyslogListener listener in _listeners) listener.Dispose();
    }

    private ISyslogListener Bind(ListenerAddress address, TimeProvider clock, ILogger logger) => address.Transport switch
    {
        ListenerTransport.Udp => new UdpSyslogListener(address, _topic, _options, clock, logger),
        ListenerTransport.Tcp => new TcpSyslogListener(address, _topic, _options, clock, logger),
        _ => throw new ArgumentOutOfRangeException(nameof(address), address.Transport, "Not a transport."),
    };
}
