using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The deltas of a session as a function of its observations: sorted by time, each books what it adds to the highest totals before it, over
/// the interval since the one before, under its own application. A change of the observations is booked as the difference of two books.
/// </summary>
internal sealed class VolumeBook
{
    private readonly SessionStore _store;
    private readonly Booking[] _bookings;
    private int _count;

    /// <summary>
    /// Makes a book for sessions of at most <paramref name="maxObservations"/> observations, and the one that is being added.
    /// </summary>
    public VolumeBook(SessionStore store, int maxObservations)
    {
        _store = store;
        _bookings = new Booking[maxObservations + 1];
    }

    /// <summary>The intervals.</summary>
    public ReadOnlySpan<Booking> Bookings => _bookings.AsSpan(0, _count);

    /// <summary>Empties the book.</summary>
    public void Clear() => _count = 0;

    /// <summary>Computes the book of <paramref name="slot"/>. References to profiles are those of the session.</summary>
    public void Compute(in SessionSlot slot)
    {
        _count = 0;
        long from = slot.Start.Time, active = -1;
        Volume highest = default;
        for (int id = slot.FirstMessage; id != 0;)
        {
            ref MessageNode node = ref _store.Messages[id];
            id = node.Next;
            if (node.IsFloor)
            {
                from = node.Time;
                highest = node.Totals;
                active = node.ActiveMs;
                continue;
            }
            if ((node.Flags & MessageFlags.Totals) == 0) continue;
            Volume reached = Volume.Max(highest, node.Totals);
            Volume moved = reached - highest;
            if (!moved.IsZero)
            {
                int end = node.IsClose ? (int)node.End : -1;
                long since = Math.Min(from, node.Time);
                _bookings[_count++] = new Booking(
                    since, node.Time, moved, active, node.Profile, node.Person, slot.Start.Profile, end);
                if (moved.HasBytes) active = LastActive(from, node.Time);
            }
            highest = reached;
            from = node.Time;
        }
    }

    /// <summary>The last millisecond in which bytes of an interval moved: whatever the rounding, its last part has one.</summary>
    public static long LastActive(long from, long to) => to > from ? to - 1 : to;

    /// <summary>The totals of <paramref name="slot"/>: the highest of each counter.</summary>
    public static Volume Totals(MessageList messages, in SessionSlot slot)
    {
        Volume highest = default;
        for (int id = slot.FirstMessage; id != 0; id = messages[id].Next) highest = Volume.Max(highest, messages[id].Totals);
        return highest;
    }

    /// <summary>True when message <paramref name="added"/> states a total below that of an earlier time.</summary>
    public static bool IsFault(MessageList messages, in SessionSlot slot, int added)
    {
        ref MessageNode stated = ref messages[added];
        Volume highest = default;
        for (int id = slot.FirstMessage; id != added; id = messages[id].Next) highest = Volume.Max(highest, messages[id].Totals);
        Volume totals = stated.Totals;
        return ((stated.Flags & MessageFlags.BytesFromClient) != 0 && totals.BytesFromClient < highest.BytesFromClient)
            || ((stated.Flags & MessageFlags.BytesFromServer) != 0 && totals.BytesFromServer < highest.BytesFromServer)
            || ((stated.Flags & MessageFlags.PacketsFromClient) != 0 && totals.PacketsFromClient < highest.PacketsFromClient)
            || ((stated.Flags & MessageFlags.PacketsFromServer) != 0 && totals.PacketsFromServer < highest.PacketsFromServer);
    }

    /// <summary>Takes back what only <paramref name="before"/> has and books what only this has.</summary>
    public void EmitChanges<TOut>(VolumeBook before, in SessionSlot slot, TOut output)
        where TOut : ISessionOutput
    {
        ReadOnlySpan<Booking> old = before.Bookings, now = Bookings;
        while (!old.IsEmpty && !now.IsEmpty && old[0] == now[0])
        {
            old = old[1..];
            now = now[1..];
        }
        while (!old.IsEmpty && !now.IsEmpty && old[^1] == now[^1])
        {
            old = old[..^1];
            now = now[..^1];
        }
        foreach (ref readonly Booking booking in old) Emit(booking, -1, slot, output);
        foreach (ref readonly Booking booking in now) Emit(booking, 1, slot, output);
    }

    private void Emit<TOut>(in Booking booking, int sign, in SessionSlot slot, TOut output)
        where TOut : ISessionOutput
    {
        EndReason? end = booking.End < 0 ? null : (EndReason)booking.End;
        var dimensions = new SessionDimensions(_store.Texts, in slot, booking.Profile, booking.Person, booking.Start, end);
        output.Moved(new VolumeDelta(sign, booking.From, booking.To, booking.Volume, booking.ActiveMs), dimensions);
    }
}
