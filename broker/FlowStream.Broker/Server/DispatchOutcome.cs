namespace FlowStream.Broker.Server;

/// <summary>What a connection does after one request.</summary>
internal enum DispatchOutcome
{
    /// <summary>Send the response, go on.</summary>
    Send,

    /// <summary>Send nothing, go on.</summary>
    Skip,

    /// <summary>Send the response, then close.</summary>
    SendThenClose,

    /// <summary>Close without a response.</summary>
    Close,

    /// <summary>Close because the request was not one of the Kafka protocol; <see cref="RequestDispatcher"/> has logged it.</summary>
    Malformed,
}
