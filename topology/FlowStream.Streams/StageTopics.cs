using FlowStream.Streams.Clients;

namespace FlowStream.Streams;

/// <summary>Names a stage's group and internal topics, and creates the topics it needs.</summary>
internal static class StageTopics
{
    /// <summary>End of every changelog topic's name, as Kafka Streams names them.</summary>
    public const string ChangelogSuffix = "-changelog";

    /// <summary>Consumer group of a stage.</summary>
    public static string GroupId(string applicationId, StageDefinition stage) => $"{applicationId}-{stage.Name}";

    /// <summary>Changelog topic of a stage.</summary>
    public static string Changelog(string applicationId, StageDefinition stage) => $"{applicationId}-{stage.Name}{ChangelogSuffix}";

    /// <summary>
    /// Creates output topics that are missing, and the changelog with as many partitions as the input has. The input topic must exist:
    /// its partition count is the number of tasks and nobody's to guess.
    /// </summary>
    /// <exception cref="StreamsConfigurationException">The input is missing, or the changelog has another number of partitions.</exception>
    public static void Create(IKafkaClient client, string applicationId, StageDefinition stage)
    {
        if (client.PartitionCount(stage.InputTopic) is not { } partitions)
        {
            throw new StreamsConfigurationException($"Stage {stage.Name}: its input topic {stage.InputTopic} does not exist.");
        }

        foreach (var output in stage.OutputTopics)
        {
            if (client.PartitionCount(output.Name) is not null) continue;
            client.CreateTopic(output.Name, output.Partitions ?? partitions, Policy(output.CleanupPolicy));
        }

        var changelog = Changelog(applicationId, stage);
        if (client.PartitionCount(changelog) is null) client.CreateTopic(changelog, partitions, Policy("compact"));
        if (client.PartitionCount(changelog) is { } existing && existing != partitions)
        {
            throw new StreamsConfigurationException(
                $"Stage {stage.Name}: topic {changelog} has {existing} partitions, its input {stage.InputTopic} has {partitions}.");
        }
    }

    private static Dictionary<string, string> Policy(string cleanup) => new() { ["cleanup.policy"] = cleanup };
}
