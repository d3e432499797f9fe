using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>The new configuration of one resource in an AlterConfigs request.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Configs">All its entries from now on.</param>
internal sealed record ConfigReplacement(ConfigResourceType Type, string Name, List<ConfigEntry> Configs)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 7;

    /// <summary>Reads one.</summary>
    public static ConfigReplacement Read(ref KafkaReader reader) =>
        new((ConfigResourceType)reader.ReadInt8(), reader.ReadString(), reader.ReadArray(ConfigEntry.MinBytes, ConfigEntry.Read));
}
