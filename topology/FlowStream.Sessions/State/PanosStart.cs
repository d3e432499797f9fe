using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// A PAN-OS TRAFFIC log of subtype <c>start</c> among the messages of a session. It is written when an application is identified, so it
/// may come several times; each states the start of the session, in whole seconds, and its totals mean nothing yet.
/// </summary>
internal static class PanosStart
{
    /// <summary>
    /// The tag it is kept under. To the parser both subtypes are <see cref="EventTag.PanosTraffic"/>; to a session they are what a create
    /// and a close are. The highest value that fits into a <see cref="MessageNode"/>.
    /// </summary>
    public const EventTag Tag = (EventTag)31;

    private const long LongestMs = MessageNode.MaxElapsed * 1000;

    /// <summary>The tag that the message of <paramref name="e"/> is kept under.</summary>
    public static EventTag TagOf(SessionEvent e) => e.Kind == EventKind.Start ? Tag : e.Tag;

    /// <summary>Seconds since the session began, or <see cref="MessageNode.NoElapsed"/> when the log does not say.</summary>
    public static long Elapsed(SessionEvent e) => Age(e) is >= 0 and var age ? age / 1000 : MessageNode.NoElapsed;

    /// <summary>
    /// <paramref name="time"/> moved back by less than a second, so that it is whole seconds after the start: the start that the message
    /// states is then the device's own, also when the log is stamped with milliseconds.
    /// </summary>
    public static EventTime Align(SessionEvent e, in EventTime time)
    {
        long fraction = Math.Max(0, Age(e)) % 1000;
        return time with
        {
            UnixMilliseconds = time.UnixMilliseconds - fraction,
            DeviceMilliseconds = time.DeviceMilliseconds - fraction,
        };
    }

    private static long Age(SessionEvent e)
    {
        if (!e.Has(Field.StartTime) || e.Time is not { } time) return -1;
        long age = time.LocalMilliseconds - e.Number(Field.StartTime);
        return age > LongestMs ? -1 : Math.Max(0, age);
    }
}
