namespace FlowStream.Streams.Clients;

/// <summary>What a failed call to Kafka means for the caller. Every error is put into one of these in one place per client.</summary>
internal enum ClientFailure
{
    /// <summary>Nothing happened: the same call may be made again.</summary>
    Retriable,

    /// <summary>
    /// The transaction did not commit, or nobody knows: aborted, fenced, expired, of an old generation, or without an answer. The producer
    /// is disposed, state in memory dropped and restored, and reading goes back to the committed offset.
    /// </summary>
    TransactionLost,

    /// <summary>Trying again cannot help: not authorised, not supported, misconfigured.</summary>
    Fatal,
}
