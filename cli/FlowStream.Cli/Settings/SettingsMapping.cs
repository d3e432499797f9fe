using FlowStream.Producers.Kafka;

namespace FlowStream.Cli.Settings;

/// <summary>Gives each part the options that the settings hold for it.</summary>
internal static class SettingsMapping
{
    /// <summary>The raw topic; a <c>--bootstrap</c> on the command line wins over the settings.</summary>
    public static RawTopicOptions RawTopic(this FlowStreamSettings settings, string? bootstrap) => new()
    {
        Bootstrap = bootstrap ?? settings.Kafka.Bootstrap,
        Partitions = settings.Raw.Partitions,
        Client = settings.Kafka.Client,
    };
}
