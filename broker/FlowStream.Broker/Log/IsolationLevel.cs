namespace FlowStream.Broker.Log;

/// <summary>What a fetch may see of open and aborted transactions. The values are the wire's own (Fetch v4+, ListOffsets v2+).</summary>
internal enum IsolationLevel : byte
{
    /// <summary>Everything up to the high watermark.</summary>
    ReadUncommitted = 0,

    /// <summary>Up to the last stable offset, with the list of aborted transactions (KIP-98).</summary>
    ReadCommitted = 1,
}
