namespace FlowStream.Broker.Transactions;

/// <summary>A producer id and its epoch.</summary>
/// <param name="ProducerId">The id, or -1.</param>
/// <param name="Epoch">The epoch, or -1.</param>
internal readonly record struct ProducerIdentity(long ProducerId, short Epoch)
{
    /// <summary>No producer.</summary>
    public static ProducerIdentity None => new(-1, -1);
}
