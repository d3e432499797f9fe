namespace FlowStream.Broker.Apis;

/// <summary>How far one pass over the partitions of a Fetch request has come.</summary>
internal struct FetchProgress
{
    /// <summary>Bytes of records read so far.</summary>
    public int BytesRead;

    /// <summary>Bytes that the response may still take.</summary>
    public int BytesLeft;

    /// <summary>Whether the client must hear of an error, which ends the long poll.</summary>
    public bool HasError;
}
