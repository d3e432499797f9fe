namespace FlowStream.Broker.Log;

/// <summary>What came of reading the records of a batch.</summary>
internal enum DecodeOutcome
{
    /// <summary>The records are there.</summary>
    Decoded,

    /// <summary>A codec that the base class library does not have: the batch is carried, not read.</summary>
    Opaque,

    /// <summary>Not what its codec says.</summary>
    Malformed,

    /// <summary>Unpacks to more than the limit.</summary>
    TooLarge,
}
