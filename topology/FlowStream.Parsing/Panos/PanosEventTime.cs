namespace FlowStream.Parsing.Panos;

/// <summary>
/// When a PAN-OS event happened. A session ended at its start plus its elapsed time; the log of it is generated later. Everything else
/// happened when its log was generated, in milliseconds where the device says them. The times of the columns are the device's wall clock;
/// a time that states its zone says which one that is.
/// </summary>
internal static class PanosEventTime
{
    // Thirty years of seconds: no session lasts longer, and the sum with a start stays a time.
    private const long MaxElapsed = 1_000_000_000;

    // The longest that PAN-OS waits by default for another packet of a session, 3600 s for TCP: what lies further apart is no wait but a
    // wrong start.
    private const long MaxWrittenAfter = 3_600_000;

    // Zones differ by quarters of an hour, and by less than a day.
    private const double QuarterOfAnHour = 900_000;
    private const int MaxQuarters = 14 * 4;

    /// <summary>Sets the event's time and the start of its session; empty slices are times that the log does not hold.</summary>
    public static void Set(SessionEvent into, TextSlice start, TextSlice received, TextSlice generated, TextSlice precise, short? zone)
    {
        DeviceTime? logged = Read(into, precise, zone) ?? Read(into, generated, zone) ?? Read(into, received, zone);
        DeviceTime? began = Read(into, start, zone);
        short? offset = logged?.OffsetMinutes ?? began?.OffsetMinutes;
        if (logged is { OffsetMinutes: not null } && began is { OffsetMinutes: null })
            offset = WallClock(logged.Value, Unzoned(into, generated, zone) ?? Unzoned(into, received, zone));
        if (logged is { } time) into.Time = new DeviceTime(OnClock(time, offset), offset);
        if (began is not { } beginning) return;
        long local = OnClock(beginning, offset);
        into.SetNumber(Field.StartTime, start, local);
        long elapsed = into.Number(Field.ElapsedTime);
        if (into.Kind == EventKind.Close && into.Has(Field.ElapsedTime) && elapsed <= MaxElapsed)
            SetEnd(into, new DeviceTime(local + (elapsed * 1000), offset));
    }

    private static void SetEnd(SessionEvent into, DeviceTime end)
    {
        long later = into.Time is { } logged ? logged.LocalMilliseconds - end.LocalMilliseconds : 0;
        into.WrittenAfter = later is > 0 and <= MaxWrittenAfter ? later : 0;
        into.Time = end;
    }

    // A LEEF template prints the same time twice, on the device's wall clock and as GMT: what lies between is the zone of the wall clock.
    private static short WallClock(DeviceTime zoned, DeviceTime? wall)
    {
        short own = zoned.OffsetMinutes!.Value;
        if (wall is not { } clock) return own;
        double quarters = Math.Round((clock.LocalMilliseconds - zoned.LocalMilliseconds + (own * 60_000L)) / QuarterOfAnHour);
        return Math.Abs(quarters) <= MaxQuarters ? (short)(quarters * 15) : own;
    }

    private static long OnClock(DeviceTime time, short? offset) =>
        time.OffsetMinutes is { } own && offset is { } clock ? time.LocalMilliseconds + ((clock - own) * 60_000L) : time.LocalMilliseconds;

    private static DeviceTime? Unzoned(SessionEvent into, TextSlice text, short? zone) =>
        Read(into, text, zone) is { OffsetMinutes: null } time ? time : null;

    // Cloud services print the beginning of 1970 where there is no time.
    private static DeviceTime? Read(SessionEvent into, TextSlice text, short? zone)
    {
        if (text.Length == 0) return null;
        if (!PanosTime.TryRead(into.Bytes(text), out DeviceTime time, out bool repaired))
        {
            into.Repairs |= Repair.UnreadableValue;
            return null;
        }
        if (repaired) into.Repairs |= Repair.Timestamp;
        return time.LocalMilliseconds == 0 ? null : time with { OffsetMinutes = time.OffsetMinutes ?? zone };
    }
}
