using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Apis;

/// <summary>One configuration entry as DescribeConfigs shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Type">The type of the value.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Default">The value it would have if it were not set.</param>
/// <param name="IsReadOnly">Whether it cannot be changed by a request.</param>
internal readonly record struct DescribedConfig(
    string Name, string Value, TopicConfigType Type, ConfigSource Source, string Default, bool IsReadOnly);
