using System.Diagnostics.Metrics;

namespace FlowStream.Streams.Threads;

/// <summary>
/// The runtime's instruments, under the names Kafka Streams gives the same figures (Kafka documentation, "Kafka Streams metrics"). What
/// Kafka Streams has no figure for is named here: transaction-lost-total, snapshot-total, snapshot-refused-total, memory-bytes,
/// memory-paused, timestamp-ahead-total, input-missed-total.
/// </summary>
public sealed class StreamsMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "FlowStream.Streams";

    private readonly Meter _meter = new(MeterName);

    /// <summary>Creates the instruments.</summary>
    public StreamsMetrics()
    {
        Commit = _meter.CreateCounter<long>("commit-total", "{commit}", "Committed transactions");
        CommitLatency = _meter.CreateHistogram<double>("commit-latency", "ms", "Time from the start of a commit to its end");
        Process = _meter.CreateCounter<long>("process-total", "{record}", "Records processed, including those of lost transactions");
        Punctuate = _meter.CreateCounter<long>("punctuate-total", "{step}", "Steps of time taken without a record");
        Restore = _meter.CreateCounter<long>("restore-total", "{row}", "Changelog rows replayed");
        TaskCreated = _meter.CreateCounter<long>("task-created-total", "{task}", "Tasks created");
        TaskClosed = _meter.CreateCounter<long>("task-closed-total", "{task}", "Tasks closed");
        TransactionLost =
            _meter.CreateCounter<long>("transaction-lost-total", "{transaction}", "Transactions given up; their work was repeated");
        Snapshot = _meter.CreateCounter<long>("snapshot-total", "{snapshot}", "Snapshots written");
        SnapshotRefused =
            _meter.CreateCounter<long>("snapshot-refused-total", "{snapshot}", "Snapshots that did not fit; the changelog was replayed");
        TimestampAhead = _meter.CreateCounter<long>(
            "timestamp-ahead-total", "{record}", "Records whose timestamp was too far ahead of the wall clock, which stood in for it");
        InputMissed = _meter.CreateCounter<long>(
            "input-missed-total", "{record}", "Offsets of the input that were deleted, or lay below a position of a longer log, unread");
        FailedThreads = _meter.CreateCounter<long>("failed-stream-threads", "{thread}", "Threads that stopped on an error");
        MemoryBytes = _meter.CreateGauge<long>("memory-bytes", "By", "Memory the state of a thread takes, estimated");
        MemoryPaused =
            _meter.CreateGauge<int>("memory-paused", "{thread}", "1 while a thread's partitions are paused at the memory budget");
    }

    internal Counter<long> Commit { get; }

    internal Histogram<double> CommitLatency { get; }

    internal Counter<long> Process { get; }

    internal Counter<long> Punctuate { get; }

    internal Counter<long> Restore { get; }

    internal Counter<long> TaskCreated { get; }

    internal Counter<long> TaskClosed { get; }

    internal Counter<long> TransactionLost { get; }

    internal Counter<long> Snapshot { get; }

    internal Counter<long> SnapshotRefused { get; }

    internal Counter<long> TimestampAhead { get; }

    internal Counter<long> InputMissed { get; }

    internal Counter<long> FailedThreads { get; }

    internal Gauge<long> MemoryBytes { get; }

    internal Gauge<int> MemoryPaused { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
