namespace FlowStream.Producers.Kafka;

/// <summary>How raw records are delivered to Kafka.</summary>
public sealed record RawTopicOptions
{
    /// <summary>Kafka's <c>bootstrap.servers</c>.</summary>
    public required string Bootstrap { get; init; }

    /// <summary>The topic.</summary>
    public string Topic { get; init; } = "flow.raw.v1";

    /// <summary>
    /// Partitions the topic is created with when it does not exist: the most instances that can ever share its work at first.
    /// </summary>
    public int Partitions { get; init; } = 4;

    /// <summary>
    /// Most bytes taken and not yet acknowledged: at 60 MB a second this bridges four seconds of a broker that does not answer; then
    /// streams are slowed down and datagrams are dropped with a count.
    /// </summary>
    public long MaxInFlightBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Most records taken and not yet acknowledged; bounds the objects that the client holds for short messages.</summary>
    public int MaxInFlightRecords { get; init; } = 400_000;

    /// <summary>
    /// How long the client waits for a batch to fill: short against the settle time of the join, long against a network round.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Any other librdkafka property, by its own name; these win over what is set here.</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();
}
