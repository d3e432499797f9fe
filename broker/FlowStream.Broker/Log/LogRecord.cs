namespace FlowStream.Broker.Log;

/// <summary>One record as read from the log. The spans are valid only during the call that hands it out.</summary>
internal readonly ref struct LogRecord
{
    /// <summary>Offset in the partition.</summary>
    public long Offset { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long Timestamp { get; init; }

    /// <summary>The key; empty when null.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The value; empty when null.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>The headers as encoded: varint count, then the pairs.</summary>
    public ReadOnlySpan<byte> Headers { get; init; }

    /// <summary>The record has no key.</summary>
    public bool KeyIsNull { get; init; }

    /// <summary>The record has no value: a tombstone in a compacted topic.</summary>
    public bool ValueIsNull { get; init; }

    /// <summary>A transaction marker (or another control record); its key holds version and type.</summary>
    public bool IsControl { get; init; }

    /// <summary>Belongs to a transaction.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>The producer, -1 when none.</summary>
    public long ProducerId { get; init; }

    /// <summary>Its epoch, -1 when none.</summary>
    public short ProducerEpoch { get; init; }

    /// <summary>For a transaction marker: it commits. False for an abort and for records that are no marker.</summary>
    public bool IsCommitMarker => IsControl && Key.Length >= 4 && Key[2] == 0 && Key[3] == 1;
}
