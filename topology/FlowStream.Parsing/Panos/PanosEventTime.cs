namespace FlowStream.Parsing.Panos;

/// <summary>
/// When a PAN-OS event happened. A session ended at its start plus its elapsed time; the log of it is generated later. Everything else
/// happened when its log was generated, in milliseconds where the device says them. The times of the columns are the device's wall clock;
/// the time in high resolution says which zone that is.
/// </summary>
internal static class PanosEventTime
{
    // Thirty years of seconds: no session lasts longer, and the sum with a start stays a time.
    private const long MaxElapsed = 1_000_000_000;

    /// <summary>Sets the event's time and the start of its session; empty slices are times that the log does not hold.</summary>
    public static void Set(SessionEvent into, TextSlice start, TextSlice received, TextSlice generated, TextSlice precise)
    {
        DeviceTime? logged = Read(into, precise) ?? Read(into, generated) ?? Read(into, received);
        DeviceTime? began = Read(into, start);
        short? offset = logged?.OffsetMinutes ?? began?.OffsetMinutes;
        if (logged is { } time) into.Time = new DeviceTime(OnClock(time, offset), offset);
        if (began is not { } beginning) return;
        long local = OnClock(beginning, offset);
        into.SetNumber(Field.StartTime, start, local);
        long elapsed = into.Number(Field.ElapsedTime);
        if (into.Kind == EventKind.Close && into.Has(Field.ElapsedTime) && elapsed <= MaxElapsed)
            into.Time = new DeviceTime(local + (elapsed * 1000), offset);
    }

    private static long OnClock(DeviceTime time, short? offset) =>
        time.OffsetMinutes is { } own && offset is { } clock ? time.LocalMilliseconds + ((clock - own) * 60_000L) : time.LocalMilliseconds;

    // Cloud services print the beginning of 1970 where there is no time.
    private static DeviceTime? Read(SessionEvent into, TextSlice text)
    {
        if (text.Length == 0) return null;
        if (!PanosTime.TryRead(into.Bytes(text), out DeviceTime time, out bool repaired))
        {
            into.Repairs |= Repair.UnreadableValue;
            return null;
        }
        if (repaired) into.Repairs |= Repair.Timestamp;
        return time.LocalMilliseconds == 0 ? null : time;
    }
}
