namespace FlowStream.Streams;

/// <summary>
/// Where a processor puts its output records; they become visible together with the input offsets and the state of the same commit, or
/// not at all. What is passed is copied before the call returns.
/// </summary>
public interface IRecordCollector
{
    /// <summary>Sends a record to a topic that the processor's <see cref="StageDefinition"/> names.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="key">Key; also chooses the partition.</param>
    /// <param name="value">Value; may be empty, never null.</param>
    /// <param name="timestamp">Record timestamp, Unix milliseconds.</param>
    /// <param name="headers">Headers to carry, or null for none.</param>
    /// <exception cref="ArgumentException">The stage does not name <paramref name="topic"/>.</exception>
    void Send(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers = null);
}
