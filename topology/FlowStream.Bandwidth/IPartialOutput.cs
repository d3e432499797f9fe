namespace FlowStream.Bandwidth;

/// <summary>Receives the partial sums of one commit. Spans are valid only during the call.</summary>
public interface IPartialOutput
{
    /// <summary>Sums of one series of an aggregation, over one or more windows.</summary>
    /// <param name="key">The series; all partials with one key must reach the same <see cref="BandwidthWindows"/>.</param>
    /// <param name="value">The sums, to be added to what is there.</param>
    void Partial(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);
}
