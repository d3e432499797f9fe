using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// Fetches into the cache what the next messages, and the time that they bring, will look at. A session has mostly been cold for seconds or
/// minutes and each line is found by the one before it, so a message alone waits for memory several times; of several messages the
/// waits pass together. It changes nothing, and nothing depends on whether it was right.
/// </summary>
internal sealed class SessionForesight
{
    // At the rates that matter a few sessions end in the time of a batch.
    private const int MaxUpcoming = 16;

    // Most sessions have up to four messages: a create and a close, each told twice.
    private const int MaxPasses = 3;

    private readonly SessionStore _store;
    private readonly (SessionEvent? Message, uint Version, uint Hash)[] _foreseen;
    private readonly int[] _sessions;
    private readonly int[] _upcoming = new int[MaxUpcoming];
    private int _count;
    private int _next;
    private int _prepared;

    /// <summary>Looks at up to <paramref name="maxMessages"/> messages together.</summary>
    public SessionForesight(SessionStore store, int maxMessages)
    {
        _store = store;
        _foreseen = new (SessionEvent?, uint, uint)[maxMessages];
        _sessions = new int[Math.Max(maxMessages, MaxUpcoming) + MaxUpcoming];
    }

    /// <summary>Prepares for <paramref name="messages"/>; beyond the limit they are left out.</summary>
    public void Prepare(ReadOnlySpan<SessionEvent> messages, DeviceNames names)
    {
        int count = Math.Min(messages.Length, _foreseen.Length);
        int upcoming = FindUpcoming();
        for (int i = 0; i < count; i++)
        {
            SessionEvent e = messages[i];
            var identity = new SessionIdentity(names.Of(e, default), e.Text(Field.LogicalSystem), FlowTuple.Of(e));
            uint hash = _store.Hash(identity);
            _store.PrefetchWay(hash);
            // A message that does not name its device is of whoever sent it, which is not known here.
            _foreseen[i] = (e.DeviceHost.IsEmpty ? null : e, e.Version, hash);
        }
        (_count, _next) = (count, 0);
        for (int i = 0; i < count; i++) _sessions[i] = _store.PrefetchSession(_foreseen[i].Hash);
        PrefetchUpcoming(upcoming, _sessions.AsSpan(count));
        PrefetchMessages(_sessions.AsSpan(0, count + upcoming));
    }

    /// <summary>
    /// Prepares for the first of <paramref name="due"/>, whose timers have fired, unless they were among those foreseen; and for those that
    /// come next, when more have fired than were foreseen, as when time makes a leap.
    /// </summary>
    /// <returns>How many it has prepared for.</returns>
    public int PrepareDue(ReadOnlySpan<int> due)
    {
        int count = Math.Min(due.Length, MaxUpcoming);
        bool foreseen = count <= _prepared;
        _prepared -= count;
        if (foreseen) return count;
        foreach (int id in due[..count]) _store.PrefetchWay(_store.Slots[id].Hash);
        due[..count].CopyTo(_sessions);
        int upcoming = due.Length > count ? 0 : FindUpcoming();
        PrefetchUpcoming(upcoming, _sessions.AsSpan(count));
        PrefetchMessages(_sessions.AsSpan(0, count + upcoming));
        return count;
    }

    /// <summary>
    /// The hash of the identity of <paramref name="e"/>, if that was among the last messages prepared for, after the one that was asked for
    /// before, and holds the same message still.
    /// </summary>
    public bool TryRecall(SessionEvent e, out uint hash)
    {
        for (int i = _next; i < _count; i++)
        {
            ref readonly (SessionEvent? Message, uint Version, uint Hash) foreseen = ref _foreseen[i];
            hash = foreseen.Hash;
            if (foreseen.Message != e || foreseen.Version != e.Version) continue;
            _next = i + 1;
            return true;
        }
        hash = 0;
        return false;
    }

    private int FindUpcoming()
    {
        int upcoming = _store.Timers.FindUpcoming(_upcoming);
        for (int i = 0; i < upcoming; i++) _store.Slots.Prefetch(_upcoming[i]);
        return _prepared = upcoming;
    }

    // A session that is forgotten is looked up once more.
    private void PrefetchUpcoming(int upcoming, Span<int> sessions)
    {
        for (int i = 0; i < upcoming; i++) _store.PrefetchWay(_store.Slots[_upcoming[i]].Hash);
        _upcoming.AsSpan(0, upcoming).CopyTo(sessions);
    }

    private void PrefetchMessages(Span<int> sessions)
    {
        foreach (ref int at in sessions)
        {
            if (at == 0) continue;
            ref SessionSlot slot = ref _store.Slots[at];
            _store.Timers.PrefetchBeside(slot);
            at = slot.FirstMessage;
            _store.Messages.Prefetch(at);
        }
        // One more message of every session with each pass: while those of the others are asked for, it comes.
        for (int pass = 0; pass < MaxPasses; pass++)
        {
            foreach (ref int at in sessions)
            {
                if (at != 0) at = _store.Messages.PrefetchBeyond(at);
            }
        }
    }
}
