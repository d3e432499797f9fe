namespace FlowStream.Bandwidth;

/// <summary>
/// The value of a partial record: a version byte, the number of the task that wrote it, the number of windows, and for each its number, as
/// the difference to the one before, its sums and the reasons of its ends. Version 1 had neither task nor reasons.
/// </summary>
internal static class PartialCodec
{
    /// <summary>First byte of a value that is written.</summary>
    public const byte Version = 2;

    /// <summary>First byte of the oldest values that are read.</summary>
    public const byte OldestVersion = 1;

    /// <summary>Most windows in one value: their number is written as two bytes.</summary>
    public const int MaxWindows = 2048;

    /// <summary>
    /// Bytes after which a value takes no further window: a record stays far below the megabyte that Kafka allows by default
    /// (<c>max.message.bytes</c>).
    /// </summary>
    public const int EnoughBytes = 256 * 1024;

    /// <summary>Longest value in bytes.</summary>
    public static int MaxBytes => EnoughBytes + Varint.MaxBytes + SumsCodec.MaxBytes + EndReasonSums.MaxBytes;
}
