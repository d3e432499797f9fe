namespace FlowStream.Broker.Topics;

/// <summary>The type of a configuration entry, with its number in DescribeConfigs v3 (KIP-569).</summary>
internal enum TopicConfigType : sbyte
{
    /// <summary>true or false.</summary>
    Boolean = 1,

    /// <summary>Text.</summary>
    String = 2,

    /// <summary>A 32-bit number.</summary>
    Int = 3,

    /// <summary>A 64-bit number.</summary>
    Long = 5,

    /// <summary>A floating point number.</summary>
    Double = 6,

    /// <summary>Comma separated words.</summary>
    List = 7,
}
