namespace FlowStream.Streams.Clients;

/// <summary>
/// A call to Kafka failed. Its siblings: a processor's own exceptions, and <see cref="StreamsConfigurationException"/> for misuse.
/// </summary>
internal sealed class KafkaClientException : Exception
{
    /// <summary>A failure and what it means.</summary>
    public KafkaClientException(ClientFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What the caller does next.</summary>
    public ClientFailure Failure { get; }
}
