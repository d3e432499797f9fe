using System.Text;
using FlowStream.Streams;
using FlowStream.Testing;
using FlowStream.Topology;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Queries.Tests;

/// <summary>A task of the session stage outside of any thread of the runtime, with sessions in it.</summary>
internal sealed class SessionTask : IRecordCollector, IChangelogWriter, IDisposable
{
    private readonly TopologyMetrics _metrics = new();
    private long _offset;

    public SessionTask(int partition)
    {
        var events = new TopologyEvents(_metrics, NullLogger<TopologyEvents>.Instance);
        Processor = new SessionProcessor(new TopologyOptions { HashSeed = 7 }, "partials", partition, events);
    }

    public SessionProcessor Processor { get; }

    public SessionTask Take(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            var record = new InputRecord
            {
                Offset = _offset++, Timestamp = Time.ToUnixTimeMilliseconds(), Value = Encoding.UTF8.GetBytes(line),
                Headers = RecordHeaders.Empty,
            };
            Processor.Process(in record, this);
        }
        // Messages wait for one another to be joined together, at most until the next commit.
        Processor.Commit(this, this);
        return this;
    }

    /// <summary>When all of this happens.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 5, 1, 8, 30, 0, TimeSpan.Zero);

    /// <summary>A session that began a minute ago.</summary>
    public static FirewallSession Session(long id, string host = "fw1") =>
        new(host, id, Time.AddMinutes(-1)) { SourcePort = 20_000 + (int)id };

    public void Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null) =>
        Assert.NotEqual(FlowTopics.DeadLetter, topic);

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Assert.False(key.IsEmpty);

    public void Delete(ReadOnlySpan<byte> key) => Assert.False(key.IsEmpty);

    public void Dispose() => _metrics.Dispose();
}
