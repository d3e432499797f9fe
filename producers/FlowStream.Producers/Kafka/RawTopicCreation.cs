using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace FlowStream.Producers.Kafka;

/// <summary>Creates the raw topic where it does not exist, so that its partition count is ours and not the broker's default.</summary>
public static class RawTopicCreation
{
    // A broker that has just been started answers well within this; a longer wait would hide a wrong address.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Creates the topic; does nothing when it exists.</summary>
    /// <exception cref="KafkaException">The broker cannot be reached, or refuses.</exception>
    public static async Task EnsureAsync(RawTopicOptions options)
    {
        var config = new AdminClientConfig { BootstrapServers = options.Bootstrap };
        foreach ((string name, string value) in options.Client) config.Set(name, value);
        using IAdminClient admin = new AdminClientBuilder(config).SetLogHandler((_, _) => { }).Build();
        var topic = new TopicSpecification { Name = options.Topic, NumPartitions = options.Partitions, ReplicationFactor = -1 };
        try
        {
            await admin.CreateTopicsAsync([topic], new CreateTopicsOptions { RequestTimeout = Timeout }).ConfigureAwait(false);
        }
        catch (CreateTopicsException error) when (error.Results.All(r => r.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another process was first, or it has been there for long.
            return;
        }
    }
}
