namespace FlowStream.Streams.Clients;

/// <summary>A record as the consumer gives it. Spans and headers are valid until the consumer is called again.</summary>
internal ref struct ConsumedRecord
{
    /// <summary>Partition of the consumer's topic.</summary>
    public int Partition;

    /// <summary>Offset; at the end of a partition the offset of the next record.</summary>
    public long Offset;

    /// <summary>Unix milliseconds.</summary>
    public long Timestamp;

    /// <summary>Key; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key;

    /// <summary>Value; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>Headers; null when the consumer does not read them.</summary>
    public IRecordHeaders? Headers;
}
