namespace FlowStream.Broker.Apis;

/// <summary>What Produce asks the transaction coordinator before it appends a transactional batch.</summary>
internal interface ITransactionGate
{
    /// <summary>Whether the ongoing transaction of this producer has the partition (AddPartitionsToTxn came before).</summary>
    /// <param name="producerId">The producer's id, from the batch.</param>
    /// <param name="producerEpoch">Its epoch, from the batch.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partition">The partition.</param>
    bool Contains(long producerId, short producerEpoch, string topic, int partition);
}
