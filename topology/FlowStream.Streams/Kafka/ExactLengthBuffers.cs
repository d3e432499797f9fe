namespace FlowStream.Streams.Kafka;

/// <summary>
/// Arrays of exactly the length asked for, used again: Confluent.Kafka sends whole arrays only, and librdkafka has copied them when Produce
/// returns. One array per length up to a bound; longer ones are allocated each time.
/// </summary>
internal sealed class ExactLengthBuffers
{
    // Nearly every key, state row and session record is shorter; all lengths in use at once take 8 MiB.
    private const int LongestKept = 4096;

    private readonly byte[]?[] _byLength = new byte[]?[LongestKept + 1];

    /// <summary>A copy of <paramref name="data"/>, valid until the next call.</summary>
    public byte[] Copy(ReadOnlySpan<byte> data)
    {
        if (data.Length > LongestKept) return data.ToArray();
        var array = _byLength[data.Length] ??= new byte[data.Length];
        data.CopyTo(array);
        return array;
    }
}
