namespace FlowStream.Streams;

/// <summary>One record of a task's input partition. Spans are valid only during the call that passes it.</summary>
public readonly ref struct InputRecord
{
    /// <summary>Offset in the input partition.</summary>
    public required long Offset { get; init; }

    /// <summary>Record timestamp, Unix milliseconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Key; empty when the record has none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Value; empty when the record has none.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Headers of the record, in order.</summary>
    public IRecordHeaders Headers { get; init; }
}
