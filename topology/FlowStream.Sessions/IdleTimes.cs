using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// How long after its last message a session that nothing has ended is taken as ended: longer than it can live and be silent. A function
/// of its messages and the options alone, so the order in which they come does not matter.
/// </summary>
internal sealed class IdleTimes
{
    // Updates come as datagrams, and of those of a session any may be lost. A session that is taken as ended too early and goes on has two
    // final records, so six in a row may be missing; the timeout of TCP leaves room for as many.
    private const int LostUpdates = 7;

    /// <summary>
    /// The standard times. Junos holds an idle TCP session for 1800 s and any other for 60 s ("Session characteristics"); PAN-OS a TCP
    /// session for 3600 s. With AppTrack a session with packets is heard of every 5 min (<c>session-update-interval</c>); a device that
    /// sends no updates may be silent for as long as a session lasts, so for those the time is only as long as memory bears.
    /// </summary>
    public static readonly IdleTimeRow[] Standard =
    [
        new(IdleClass.UpdatedTcp, "TCP, with volume updates", TimeSpan.FromSeconds(1800), TimeSpan.FromMinutes(5)),
        new(IdleClass.UpdatedOther, "another protocol, with volume updates", TimeSpan.FromSeconds(60),
            LostUpdates * TimeSpan.FromMinutes(5)),
        new(IdleClass.PanosTcp, "TCP, PAN-OS", TimeSpan.FromSeconds(3600), TimeSpan.Zero),
        new(IdleClass.Silent, "any other", TimeSpan.FromSeconds(1800), TimeSpan.FromMinutes(5)),
    ];

    private const byte Tcp = 6;

    private readonly long[] _standard;
    private readonly DeviceTable<long> _devices;

    /// <summary>Makes the times that <paramref name="options"/> ask for.</summary>
    public IdleTimes(SessionOptions options)
    {
        _standard = [.. Standard.Select(row => Milliseconds(options.IdleTimeout ?? row.IdleTime(options.MaxSkew)))];
        _devices = DeviceTable<long>.Of(options.DeviceIdleTimeouts, Milliseconds);
    }

    /// <summary>The idle time of a session, in milliseconds.</summary>
    /// <param name="slot">The session.</param>
    /// <param name="texts">Where the name of its device is.</param>
    public long Of(in SessionSlot slot, BlobStore texts)
    {
        // A session that has a close and is not ended waits for what continues it, until that itself has ended.
        long wait = slot.HasClose ? 2 * Continuations.Tolerance : 0;
        if (_devices.Count > 0 && _devices.TryGet(texts[slot.Device], out long own)) return own + wait;
        return _standard[(int)Class(slot)] + wait;
    }

    private static IdleClass Class(in SessionSlot slot)
    {
        bool tcp = slot.Tuple.Protocol == Tcp;
        bool updated = slot.Has(EventTag.AppTrackSessionVolUpdate) && !slot.HasClose;
        if (updated) return tcp ? IdleClass.UpdatedTcp : IdleClass.UpdatedOther;
        return tcp && (slot.Has(PanosStart.Tag) || slot.Has(EventTag.PanosTraffic)) ? IdleClass.PanosTcp : IdleClass.Silent;
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
