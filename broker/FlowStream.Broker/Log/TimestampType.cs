namespace FlowStream.Broker.Log;

/// <summary>The topic property <c>message.timestamp.type</c>; the value is bit 3 of a batch's attributes (KIP-32).</summary>
internal enum TimestampType
{
    /// <summary>The producer's time stays.</summary>
    CreateTime = 0,

    /// <summary>The broker stamps each batch with the time of its append.</summary>
    LogAppendTime = 1,
}
