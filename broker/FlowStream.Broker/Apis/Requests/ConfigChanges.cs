using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>The changes to one resource in an IncrementalAlterConfigs request.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Changes">What to change.</param>
internal sealed record ConfigChanges(ConfigResourceType Type, string Name, List<ConfigChange> Changes)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 7;

    /// <summary>Reads one.</summary>
    public static ConfigChanges Read(ref KafkaReader reader) =>
        new((ConfigResourceType)reader.ReadInt8(), reader.ReadString(), reader.ReadArray(ConfigChange.MinBytes, ConfigChange.Read));
}
