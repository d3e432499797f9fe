namespace FlowStream.Broker.Topics;

/// <summary>The name of one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition's number, from 0.</param>
internal readonly record struct TopicPartition(string Topic, int Partition)
{
    /// <summary>As Kafka's logs write it: <c>topic-0</c>.</summary>
    public override string ToString() => $"{Topic}-{Partition}";
}
