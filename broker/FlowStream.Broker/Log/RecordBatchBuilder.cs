namespace FlowStream.Broker.Log;

/// <summary>Writes one uncompressed v2 batch: for coordinators, markers and tests.</summary>
internal sealed class RecordBatchBuilder
{
    /// <summary>The producer; -1 none.</summary>
    public long ProducerId { get; set; } = -1;

    /// <summary>Its epoch; -1 none.</summary>
    public short ProducerEpoch { get; set; } = -1;

    /// <summary>Sequence of the first record; -1 none.</summary>
    public int BaseSequence { get; set; } = -1;

    /// <summary>Belongs to a transaction.</summary>
    public bool IsTransactional { get; set; }

    /// <summary>Holds control records.</summary>
    public bool IsControl { get; set; }

    /// <summary>Adds the next record. A default span is null, an empty one is empty.</summary>
    public RecordBatchBuilder Add(
        long timestamp, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, params ReadOnlySpan<RecordHeader> headers) =>
        throw new NotImplementedException();

    /// <summary>The finished batch, base offset 0; valid until the next Add or Reset.</summary>
    public Span<byte> Build() => throw new NotImplementedException();

    /// <summary>Empties the builder for the next batch.</summary>
    public void Reset() => throw new NotImplementedException();
}
