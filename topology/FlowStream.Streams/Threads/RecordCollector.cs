using System.Collections.Frozen;

namespace FlowStream.Streams.Threads;

/// <summary>Sends a stage's output into the thread's transaction, which it opens with the first record.</summary>
internal sealed class RecordCollector : IRecordCollector
{
    private readonly ThreadTransaction _transaction;
    private readonly FrozenSet<string> _topics;
    private readonly string _stage;
    private string? _lastTopic;

    public RecordCollector(ThreadTransaction transaction, StageDefinition stage)
    {
        _transaction = transaction;
        _stage = stage.Name;
        _topics = stage.OutputTopics.Select(topic => topic.Name).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public void Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null)
    {
        if (!ReferenceEquals(topic, _lastTopic)) Check(topic);
        _transaction.Ensure().Send(topic, partition: -1, key, value, tombstone: false, timestamp, headers);
    }

    // Processors pass the same string object again and again, so the set is seldom asked.
    private void Check(string topic)
    {
        if (!_topics.Contains(topic)) throw new ArgumentException($"Stage {_stage} does not name the topic {topic}.", nameof(topic));
        _lastTopic = topic;
    }
}
