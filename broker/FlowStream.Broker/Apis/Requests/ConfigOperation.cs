namespace FlowStream.Broker.Apis.Requests;

/// <summary>What IncrementalAlterConfigs does with one entry (KIP-339), with its number on the wire.</summary>
internal enum ConfigOperation : sbyte
{
    /// <summary>Sets the value.</summary>
    Set = 0,

    /// <summary>Takes the entry away, so that it has its default.</summary>
    Delete = 1,

    /// <summary>Adds words to a list.</summary>
    Append = 2,

    /// <summary>Takes words out of a list.</summary>
    Subtract = 3,
}
