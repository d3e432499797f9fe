namespace FlowStream.Producers;

/// <summary>
/// The account of the way to the broker: taken = acknowledged + undeliverable + not drained + still in flight. Safe to read while it is
/// written.
/// </summary>
public sealed class DeliveryCounters
{
    private long _taken;
    private long _acknowledged;
    private long _undeliverable;

    /// <summary>Records handed to the Kafka client.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Records that the broker acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Records that the broker refused for good.</summary>
    public long Undeliverable => Interlocked.Read(ref _undeliverable);

    /// <summary>Records neither acknowledged nor refused yet.</summary>
    public long InFlight => Taken - Acknowledged - Undeliverable;

    internal void CountTaken() => Interlocked.Increment(ref _taken);

    internal void CountAcknowledged() => Interlocked.Increment(ref _acknowledged);

    internal void CountUndeliverable() => Interlocked.Increment(ref _undeliverable);
}
