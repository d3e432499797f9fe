using System.Text;
using FlowStream.Streams;
using FlowStream.Streams.Driver;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Topology;

/// <summary>
/// Puts the lines of a file through the same stages as with Kafka, in process and without it, and passes on what they write to the public
/// topics. Memory does not grow with the file.
/// </summary>
public sealed class FileAnalysis : IDisposable
{
    // Output is taken over this often: seldom enough to cost nothing, often enough that little gathers.
    private const int LinesPerDrain = 4096;

    private static readonly string[] Topics =
        [FlowTopics.Sessions, FlowTopics.Denials, FlowTopics.Bandwidth, FlowTopics.Paths, FlowTopics.DeadLetter];

    private readonly TopologyMetrics _metrics = new();
    private readonly TopologyDriver _driver;
    private readonly TopicRecordHandler _handler;
    private readonly RecordHeaders _headers;
    private readonly byte[] _source;
    private int _undrained;

    /// <summary>Makes an analysis.</summary>
    /// <param name="options">What the stages do.</param>
    /// <param name="source">Name of the file: the source of lines, and their device when they hold none.</param>
    /// <param name="handler">Takes the records that the stages write, in order for each topic.</param>
    /// <param name="loggers">Where the stages log; null for nowhere.</param>
    public FileAnalysis(TopologyOptions options, string source, TopicRecordHandler handler, ILoggerFactory? loggers = null)
    {
        _handler = handler;
        _source = Encoding.UTF8.GetBytes(source);
        _headers = new RecordHeaders(new KeyValuePair<string, byte[]>("flow.source", _source));
        var driver = new TopologyDriverOptions();
        loggers ??= NullLoggerFactory.Instance;
        var events = new TopologyEvents(_metrics, loggers.CreateLogger<TopologyEvents>());
        // Whatever the partitions of a topic are: the driver has one.
        options = options with { RawPartitions = 1 };
        _driver = new TopologyDriver(FlowStreamTopology.Stages(options, driver.Streams.ApplicationId, events), driver, loggers);
    }

    /// <summary>Number of lines taken.</summary>
    public long Lines { get; private set; }

    /// <summary>Takes a line as the producer would hand it to Kafka.</summary>
    /// <param name="line">The message.</param>
    /// <param name="key">Its flow key; empty when it has none.</param>
    /// <param name="timestamp">When it was received: Unix milliseconds.</param>
    public void Add(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key, long timestamp)
    {
        Lines++;
        _driver.Pipe(FlowTopics.Raw, key.IsEmpty ? _source : key, line, timestamp, _headers);
        if (++_undrained >= LinesPerDrain) Drain();
    }

    /// <summary>The input has ended: lets time pass until every session has ended and every window is final.</summary>
    public void Complete()
    {
        _driver.Flush();
        Drain();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _driver.Dispose();
        _metrics.Dispose();
    }

    private void Drain()
    {
        _undrained = 0;
        foreach (string topic in Topics) _driver.Drain(topic, (in InputRecord record) => _handler(topic, record));
    }
}
