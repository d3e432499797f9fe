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

    private readonly SessionStore _store;
    private readonly uint[] _hashes;
    private readonly int[] _sessions;
    private readonly int[] _upcoming = new int[MaxUpcoming];

    /// <summary>Looks at up to <paramref name="maxMessages"/> messages together.</summary>
    public SessionForesight(SessionStore store, int maxMessages)
    {
        _store = store;
        _hashes = new uint[maxMessages];
        _sessions = new int[maxMessages + MaxUpcoming];
    }

    /// <summary>Prepares for <paramref name="messages"/>; beyond the limit they are left out.</summary>
    public void Prepare(ReadOnlySpan<SessionEvent> messages, DeviceNames names)
    {
        int count = Math.Min(messages.Length, _hashes.Length);
        int upcoming = _store.Timers.FindUpcoming(_upcoming);
        for (int i = 0; i < upcoming; i++) _store.Slots.Prefetch(_upcoming[i]);
        for (int i = 0; i < count; i++)
        {
            SessionEvent e = messages[i];
            var identity = new SessionIdentity(names.Of(e, default), e.Text(Field.LogicalSystem), FlowTuple.Of(e));
            _hashes[i] = _store.Hash(identity);
            _store.PrefetchWay(_hashes[i]);
        }
        for (int i = 0; i < count; i++) _sessions[i] = _store.PrefetchSession(_hashes[i]);
        // A session that is forgotten is looked up once more.
        for (int i = 0; i < upcoming; i++) _store.PrefetchWay(_store.Slots[_upcoming[i]].Hash);
        _upcoming.AsSpan(0, upcoming).CopyTo(_sessions.AsSpan(count));
        PrefetchMessages(_sessions.AsSpan(0, count + upcoming));
    }

    private void PrefetchMessages(ReadOnlySpan<int> sessions)
    {
        foreach (int id in sessions)
        {
            if (id == 0) continue;
            ref SessionSlot slot = ref _store.Slots[id];
            _store.Messages.Prefetch(slot.FirstMessage);
            _store.Timers.PrefetchBeside(slot);
        }
        foreach (int id in sessions)
        {
            if (id != 0) _store.Messages.PrefetchBeyond(_store.Slots[id].FirstMessage);
        }
    }
}
