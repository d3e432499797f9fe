namespace FlowStream.Cli.Settings;

/// <summary>The Kafka cluster.</summary>
internal sealed class KafkaSettings
{
    /// <summary>Kafka's bootstrap.servers.</summary>
    public string Bootstrap { get; init; } = "127.0.0.1:9092";

    /// <summary>Any librdkafka property, by its own name.</summary>
    public Dictionary<string, string> Client { get; init; } = [];
}
