namespace FlowStream.Broker.Log;

/// <summary>One of the last batches of a producer, kept to recognise it when it is sent again.</summary>
/// <param name="FirstSequence">Sequence of its first record.</param>
/// <param name="LastSequence">Sequence of its last record.</param>
/// <param name="LastOffset">Offset of its last record.</param>
/// <param name="OffsetDelta">Last offset minus base offset.</param>
/// <param name="Timestamp">Its largest timestamp: the answer's when the log stamps.</param>
internal readonly record struct ProducerBatch(int FirstSequence, int LastSequence, long LastOffset, int OffsetDelta, long Timestamp)
{
    /// <summary>Offset of its first record.</summary>
    public long BaseOffset => LastOffset - OffsetDelta;
}
