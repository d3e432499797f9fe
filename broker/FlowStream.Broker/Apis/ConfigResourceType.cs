namespace FlowStream.Broker.Apis;

/// <summary>What a configuration belongs to, with its number in the config requests.</summary>
internal enum ConfigResourceType : sbyte
{
    /// <summary>A topic.</summary>
    Topic = 2,

    /// <summary>A broker.</summary>
    Broker = 4,
}
