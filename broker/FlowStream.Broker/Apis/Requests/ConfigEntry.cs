using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>A configuration entry as a client sends it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, or null for the default.</param>
internal readonly record struct ConfigEntry(string Name, string? Value)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 4;

    /// <summary>Reads one.</summary>
    public static ConfigEntry Read(ref KafkaReader reader) => new(reader.ReadString(), reader.ReadNullableString());

    /// <summary>The entries that have a value, by name; the last of equal names counts.</summary>
    public static Dictionary<string, string> ToDictionary(List<ConfigEntry> entries)
    {
        var configs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entries)
        {
            if (value is not null)
                configs[name] = value;
        }

        return configs;
    }
}
