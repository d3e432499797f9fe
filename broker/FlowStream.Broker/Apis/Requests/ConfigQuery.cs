using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis.Requests;

/// <summary>What a DescribeConfigs request wants of one resource.</summary>
/// <param name="Type">The type of the resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keys">Which entries, or null for all.</param>
internal sealed record ConfigQuery(ConfigResourceType Type, string Name, List<string>? Keys)
{
    /// <summary>The fewest bytes of one on the wire.</summary>
    public const int MinBytes = 7;

    /// <summary>Reads one of versions 0 to 3.</summary>
    public static ConfigQuery Read(ref KafkaReader reader) => new(
        (ConfigResourceType)reader.ReadInt8(),
        reader.ReadString(),
        reader.ReadNullableArray(minElementBytes: 2, static (ref KafkaReader key) => key.ReadString()));
}
