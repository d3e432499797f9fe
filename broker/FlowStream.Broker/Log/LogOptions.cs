namespace FlowStream.Broker.Log;

/// <summary>
/// The settings of one partition's log, named after Kafka's topic properties. Immutable; give
/// <see cref="PartitionLog.Options"/> a new value to change them while the log is open.
/// </summary>
internal sealed record LogOptions
{
    /// <summary>
    /// <c>segment.bytes</c>: a segment is closed before it passes this. 128 MiB: after a kill -9 the last segment is scanned, which
    /// takes a fraction of a second at this size, and retention frees space in steps of it. At most 1 GiB (positions are 32-bit).
    /// </summary>
    public int SegmentBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>
    /// <c>segment.ms</c>: a segment is closed at this age even if small, so that retention can reach it. 7 days, as Kafka.
    /// </summary>
    public long SegmentMs { get; init; } = 7L * 24 * 60 * 60 * 1000;

    /// <summary>
    /// <c>index.interval.bytes</c>: bytes of log per index entry. 32 KiB: one read of that size finds any offset, and the index, which is
    /// held in memory, costs 16 bytes per 32 KiB (50 MB per 100 GB of log).
    /// </summary>
    public int IndexIntervalBytes { get; init; } = 32 * 1024;

    /// <summary><c>retention.ms</c>: age since its last append at which a segment is deleted; -1 never. 7 days, as Kafka.</summary>
    public long RetentionMs { get; init; } = 7L * 24 * 60 * 60 * 1000;

    /// <summary><c>retention.bytes</c>: size of the log above which the oldest segments are deleted; -1 no bound, as Kafka.</summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary>
    /// <c>max.message.bytes</c>: largest batch accepted from a client. Kafka's 1 MiB plus the 12 bytes before the length's end.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 1_048_588;

    /// <summary>
    /// Largest size a gzip batch may unpack to while it is checked: 64 MiB, 64 times the largest batch, more than log text compresses,
    /// and small enough that a hostile batch cannot exhaust memory.
    /// </summary>
    public int MaxDecompressedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary><c>cleanup.policy</c>.</summary>
    public CleanupPolicy CleanupPolicy { get; init; } = CleanupPolicy.Delete;

    /// <summary>
    /// <c>flush.messages</c>: force to disk after this many records; null leaves it to the operating system, which survives a kill -9 of
    /// the process but not a power loss. Null is Kafka's default in effect (Long.MaxValue).
    /// </summary>
    public long? FlushMessages { get; init; }

    /// <summary><c>message.timestamp.type</c>.</summary>
    public TimestampType TimestampType { get; init; } = TimestampType.CreateTime;

    /// <summary>
    /// <c>min.cleanable.dirty.ratio</c>: share of not yet compacted bytes at which compaction is worth its I/O. 0.5, as Kafka.
    /// </summary>
    public double MinCleanableDirtyRatio { get; init; } = 0.5;

    /// <summary>
    /// <c>delete.retention.ms</c>: how long a tombstone stays after its first compaction, so that slow readers see it. 24 h, as Kafka.
    /// </summary>
    public long DeleteRetentionMs { get; init; } = 24L * 60 * 60 * 1000;

    /// <summary>Keys one compaction pass holds in memory; what does not fit waits for the next pass. A million cost about 50 MB.</summary>
    public int MaxCompactionKeys { get; init; } = 1_000_000;

    /// <summary><c>producer.id.expiration.ms</c>: how long an idle producer's sequence numbers are remembered. 24 h, as Kafka.</summary>
    public long ProducerIdExpirationMs { get; init; } = 24L * 60 * 60 * 1000;

    /// <summary>
    /// Producers remembered at most; beyond it the longest idle ones without a transaction go. 100 000 cost about 30 MB, and stop a client
    /// that asks for producer ids without end.
    /// </summary>
    public int MaxProducers { get; init; } = 100_000;
}
