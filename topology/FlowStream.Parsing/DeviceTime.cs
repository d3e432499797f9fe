namespace FlowStream.Parsing;

/// <summary>
/// A time as a device printed it. The parser knows no clock, so what the text leaves out (the zone, the year) stays open; whoever has the
/// record timestamp resolves it.
/// </summary>
/// <param name="LocalMilliseconds">
/// Milliseconds since 1970-01-01T00:00:00 on the wall clock that was printed; fractions of a millisecond are cut off. Without a year they
/// are those of the same day in <see cref="YearOfNone"/>.
/// </param>
/// <param name="OffsetMinutes">Minutes east of UTC that the text states, or null when it states none.</param>
/// <param name="HasYear">False when the text states no year (RFC 3164 section 4.1.2).</param>
public readonly record struct DeviceTime(long LocalMilliseconds, short? OffsetMinutes, bool HasYear = true)
{
    /// <summary>The year that stands for one that was not printed; it has a 29 February.</summary>
    public const int YearOfNone = 1972;

    /// <summary>Unix milliseconds, or null when the text states no zone or no year.</summary>
    public long? UnixMilliseconds => HasYear && OffsetMinutes is { } offset ? LocalMilliseconds - (offset * 60_000L) : null;
}
