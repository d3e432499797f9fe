namespace FlowStream.Broker.Apis;

/// <summary>Where the value of a configuration entry comes from, with its number in DescribeConfigs (KIP-226).</summary>
internal enum ConfigSource : sbyte
{
    /// <summary>Set on the topic.</summary>
    Topic = 1,

    /// <summary>Given to the broker when it was started.</summary>
    StaticBroker = 4,

    /// <summary>Not set.</summary>
    Default = 5,
}
