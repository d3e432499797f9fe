using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Transactions;

/// <summary>Where the transaction coordinator's markers go.</summary>
internal interface ITransactionMarkers
{
    /// <summary>Ends a transaction in one partition. Repeating it is harmless; a partition that no longer exists is passed over.</summary>
    /// <param name="partition">A partition of the transaction, the offsets topic's included.</param>
    /// <param name="producer">The producer, with the epoch that counts from here on.</param>
    /// <param name="commit">Whether it commits.</param>
    /// <exception cref="IOException">The marker could not be written.</exception>
    void Write(TopicPartition partition, ProducerIdentity producer, bool commit);
}
