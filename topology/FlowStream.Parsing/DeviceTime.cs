namespace FlowStream.Parsing;

/// <summary>
/// A time as a device printed it. The parser knows no clock, so what the text leaves out (the zone) stays open; whoever has the record
/// timestamp resolves it.
/// </summary>
/// <param name="LocalMilliseconds">
/// Milliseconds since 1970-01-01T00:00:00 on the wall clock that was printed; fractions of a millisecond are cut off.
/// </param>
/// <param name="OffsetMinutes">Minutes east of UTC that the text states, or null when it states none.</param>
public readonly record struct DeviceTime(long LocalMilliseconds, short? OffsetMinutes)
{
    /// <summary>Unix milliseconds, or null when the text states no zone.</summary>
    public long? UnixMilliseconds => OffsetMinutes is { } offset ? LocalMilliseconds - (offset * 60_000L) : null;
}
