using System.Diagnostics.Metrics;

namespace FlowStream.Producers;

/// <summary>Publishes the accounts of listeners and delivery as instruments of the meter <c>FlowStream.Producers</c>.</summary>
public sealed class ProducerMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "FlowStream.Producers";

    private readonly Meter _meter = new(MeterName);

    /// <summary>Publishes the given accounts until disposed.</summary>
    public ProducerMetrics(IReadOnlyList<ListenerCounters> listeners, DeliveryCounters delivery)
    {
        PerListener("flowstream.producer.received", "{message}", "Messages received, rejected ones included.", listeners, c => c.Received);
        PerListener("flowstream.producer.received.bytes", "By", "Bytes of the messages received.", listeners, c => c.ReceivedBytes);
        PerListener("flowstream.producer.sent", "{message}", "Messages handed to the raw topic.", listeners, c => c.Sent);
        PerListener(
            "flowstream.producer.kernel_dropped", "{datagram}", "Datagrams dropped by the kernel.", listeners, c => c.KernelDropped);
        _meter.CreateObservableCounter(
            "flowstream.producer.rejected", () => Rejected(listeners), "{message}", "Messages rejected, by reason.");
        _meter.CreateObservableUpDownCounter(
            "flowstream.producer.connections", () => listeners.Select(c => Of(c, c.Connections)), "{connection}", "Connections open.");
        _meter.CreateObservableCounter(
            "flowstream.producer.acknowledged", () => delivery.Acknowledged, "{record}", "Records acknowledged.");
        _meter.CreateObservableCounter("flowstream.producer.undeliverable", () => delivery.Undeliverable, "{record}", "Records refused.");
        _meter.CreateObservableGauge("flowstream.producer.in_flight", () => delivery.InFlight, "{record}", "Records not yet acknowledged.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Of(ListenerCounters counters, long value) =>
        new(value, new KeyValuePair<string, object?>("listener", counters.Listener));

    private static IEnumerable<Measurement<long>> Rejected(IReadOnlyList<ListenerCounters> listeners) =>
        from counters in listeners
        from reason in Enum.GetValues<RejectReason>()
        where reason != RejectReason.None
        select new Measurement<long>(
            counters.Rejected(reason),
            new KeyValuePair<string, object?>("listener", counters.Listener),
            new KeyValuePair<string, object?>("reason", reason.Code()));

    private void PerListener(
        string name, string unit, string description, IReadOnlyList<ListenerCounters> listeners, Func<ListenerCounters, long> value) =>
        _meter.CreateObservableCounter(name, () => listeners.Select(c => Of(c, value(c))), unit, description);
}
