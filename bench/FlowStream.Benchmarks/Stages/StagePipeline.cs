using FlowStream.Streams;
using FlowStream.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Benchmarks.Stages;

/// <summary>
/// A task of the session stage and one of the bandwidth stage that takes its partial sums, called as the runtime calls them, without
/// Kafka: what they write is counted and thrown away.
/// </summary>
public sealed class StagePipeline : IRecordCollector, IDisposable
{
    private const string Partials = "partials";

    private readonly TopologyMetrics _metrics = new();
    private readonly SessionProcessor _sessions;
    private readonly BandwidthProcessor _bandwidth;
    private readonly long _allowance;
    private long _streamTime = long.MinValue;
    private long _partialsTime = long.MinValue;
    private long _offset;

    /// <summary>Makes empty stages.</summary>
    public StagePipeline(TopologyOptions options)
    {
        var events = new TopologyEvents(_metrics, NullLogger<TopologyEvents>.Instance);
        _sessions = new SessionProcessor(options, Partials, 0, events);
        _bandwidth = new BandwidthProcessor(options.Bandwidth, Partials, 0, events);
        StageDefinition stage = FlowStreamTopology.Stages(options, "bench", events)[0];
        _allowance = (long)stage.TimeAllowance.TotalMilliseconds;
    }

    /// <summary>The rows that both stages wrote.</summary>
    public DiscardingChangelog Changelog { get; } = new();

    /// <summary>Final records of sessions, revisions included.</summary>
    public long Sessions { get; private set; }

    /// <summary>Denials.</summary>
    public long Denials { get; private set; }

    /// <summary>Windows emitted.</summary>
    public long Windows { get; private set; }

    /// <summary>Messages refused.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>Bytes of memory that both stages hold.</summary>
    public long MemoryBytes => _sessions.MemoryBytes + _bandwidth.MemoryBytes;

    /// <summary>Takes a record of the raw topic.</summary>
    public void Process(ReadOnlySpan<byte> key, ReadOnlySpan<byte> line, long timestamp)
    {
        var record = new InputRecord
        {
            Offset = _offset++,
            Timestamp = timestamp,
            Key = key,
            Value = line,
            Headers = RecordHeaders.Empty,
        };
        _sessions.Process(record, this);
        if (timestamp - _allowance <= _streamTime) return;
        _streamTime = timestamp - _allowance;
        _sessions.AdvanceTime(_streamTime, this);
    }

    /// <summary>Ends the work of a transaction in both stages.</summary>
    public void Commit()
    {
        _sessions.Commit(Changelog, this);
        _bandwidth.Commit(Changelog, this);
    }

    /// <inheritdoc/>
    public void Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null)
    {
        if (ReferenceEquals(topic, Partials)) Add(key, value, timestamp);
        else if (ReferenceEquals(topic, FlowTopics.Sessions)) Sessions++;
        else if (ReferenceEquals(topic, FlowTopics.Denials)) Denials++;
        else if (ReferenceEquals(topic, FlowTopics.Bandwidth)) Windows++;
        else if (ReferenceEquals(topic, FlowTopics.DeadLetter)) DeadLetters++;
        else throw new ArgumentException($"The stages do not write to {topic}.", nameof(topic));
    }

    /// <inheritdoc/>
    public void Dispose() => _metrics.Dispose();

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp)
    {
        var partial = new InputRecord { Offset = 0, Timestamp = timestamp, Key = key, Value = value, Headers = RecordHeaders.Empty };
        _bandwidth.Process(partial, this);
        if (timestamp <= _partialsTime) return;
        _partialsTime = timestamp;
        _bandwidth.AdvanceTime(timestamp, this);
    }
}
