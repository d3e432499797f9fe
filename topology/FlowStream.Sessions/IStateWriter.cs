namespace FlowStream.Sessions;

/// <summary>Receives the rows of state that changed: the changelog of a store. Spans are valid only during the call.</summary>
public interface IStateWriter
{
    /// <summary>The row under <paramref name="key"/> is now <paramref name="value"/>.</summary>
    void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>The row under <paramref name="key"/> is gone (a tombstone).</summary>
    void Delete(ReadOnlySpan<byte> key);
}
