namespace FlowStream.Streams;

/// <summary>
/// Writes rows of state to the task's changelog partition, inside the transaction. Spans are copied before the call returns.
/// </summary>
public interface IChangelogWriter
{
    /// <summary>The row under <paramref name="key"/> is now <paramref name="value"/>.</summary>
    void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>The row under <paramref name="key"/> is gone (a tombstone).</summary>
    void Delete(ReadOnlySpan<byte> key);
}
