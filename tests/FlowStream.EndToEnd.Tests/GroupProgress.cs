using Confluent.Kafka;

namespace FlowStream.EndToEnd.Tests;

/// <summary>How far a stage's group has committed its input; reads without joining the group.</summary>
internal sealed class GroupProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly TopicPartition[] _partitions;

    public GroupProgress(string bootstrap, string group, string topic, int partitions)
    {
        _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = bootstrap, GroupId = group }).Build();
        _partitions = [.. Enumerable.Range(0, partitions).Select(p => new TopicPartition(topic, p))];
    }

    /// <summary>Sum of the committed offsets.</summary>
    public long Committed() => _consumer.Committed(_partitions, Patience).Sum(p => Math.Max(p.Offset.Value, 0));

    public void Dispose() => _consumer.Dispose();
}
