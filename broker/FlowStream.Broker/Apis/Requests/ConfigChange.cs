using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>A change to one configuration entry.</summary>
/// <param name="Name">The entry.</param>
/// <param name="Operation">What to do.</param>
/// <param name="Value">With which value; may be null for <see cref="ConfigOperation.Delete"/>.</param>
internal readonly record struct ConfigChange(string Name, ConfigOperation Operation, string? Value)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 5;

    /// <summary>Reads one.</summary>
    public static ConfigChange Read(ref KafkaReader reader) =>
        new(reader.ReadString(), (ConfigOperation)reader.ReadInt8(), reader.ReadNullableString());
}
