namespace FlowStream.Bandwidth;

/// <summary>
/// The value of a partial record: a version byte, the number of windows, and for each its number, as the difference to the one before,
/// and its sums.
/// </summary>
internal static class PartialCodec
{
    /// <summary>First byte of a value.</summary>
    public const byte Version = 1;

    /// <summary>
    /// Most windows in one value: with 100 bytes each at the most a record stays far below the megabyte that Kafka allows by default
    /// (<c>max.message.bytes</c>).
    /// </summary>
    public const int MaxWindows = 2048;

    /// <summary>Longest value in bytes.</summary>
    public const int MaxBytes = 1 + Varint.MaxBytes + (MaxWindows * (Varint.MaxBytes + SumsCodec.MaxBytes));
}
