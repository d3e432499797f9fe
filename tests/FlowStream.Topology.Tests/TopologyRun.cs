using System.Text.Json.Nodes;
using FlowStream.Parsing;
using FlowStream.Streams;
using FlowStream.Streams.Driver;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Topology.Tests;

/// <summary>Both stages over the in-memory log, with what they wrote read back as JSON.</summary>
internal sealed class TopologyRun : IDisposable
{
    private readonly TopologyMetrics _metrics = new();
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];

    public TopologyRun(TopologyDriverOptions? driver = null, TopologyOptions? options = null, ILoggerFactory? logs = null)
    {
        driver ??= new TopologyDriverOptions();
        var events = new TopologyEvents(_metrics, (logs ?? NullLoggerFactory.Instance).CreateLogger<TopologyEvents>());
        Driver = new TopologyDriver(
            FlowStreamTopology.Stages(options ?? new TopologyOptions { HashSeed = 1 }, driver.Streams.ApplicationId, events), driver);
    }

    public TopologyDriver Driver { get; }

    public void Pipe(byte[] line, long timestamp, IRecordHeaders? headers = null)
    {
        int length = FlowKey.TryWrite(line, _key, out int written) ? written : 0;
        Driver.Pipe(FlowTopics.Raw, _key.AsSpan(0, length), line, timestamp, headers);
    }

    /// <summary>The records of a topic that were not read before, as the lines of <c>tail</c>.</summary>
    public List<JsonNode> Read(string topic)
    {
        using var json = new TopicJson();
        var lines = new List<JsonNode>();
        foreach (OutputRecord record in Driver.Read(topic))
            lines.Add(JsonNode.Parse(json.Line(topic, record.Key, record.Value, record.Headers))!);
        return lines;
    }

    public void Dispose()
    {
        Driver.Dispose();
        _metrics.Dispose();
    }
}
