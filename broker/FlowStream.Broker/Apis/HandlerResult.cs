namespace FlowStream.Broker.Apis;

/// <summary>What the connection does when a handler is done.</summary>
internal enum HandlerResult
{
    /// <summary>Send what the handler wrote.</summary>
    Respond,

    /// <summary>Send nothing, go on with the next request (Produce with acks=0).</summary>
    NoResponse,

    /// <summary>Send nothing and close the connection: the only way to tell a client that wants no answers.</summary>
    CloseConnection,

    /// <summary>The request could not be decoded: close the connection.</summary>
    Malformed,
}
