using FlowStream.Sessions.Lifecycle;

namespace FlowStream.Sessions.State;

/// <summary>
/// The sessions of one task in memory: slots, messages, texts, timers. Sessions of one identity form a chain, latest start first, whose
/// head the index finds.
/// </summary>
internal sealed class SessionStore
{
    private readonly SlotIndex _index = new();
    private readonly int[] _counts = new int[(int)SessionPhase.Final + 1];
    private readonly ulong _seed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="hashSeed">What places in the hash tables depend on, and nothing that leaves the store.</param>
    /// <param name="maxChanges">See <see cref="SessionOptions.MaxChanges"/>.</param>
    public SessionStore(ulong hashSeed, int maxChanges)
    {
        _seed = hashSeed;
        Texts = new BlobStore(_seed);
        Extras = new BlobStore(_seed);
        Messages = new MessageList(Texts, Extras, maxChanges);
        Timers = new TimingWheel(Slots);
    }

    /// <summary>Names and profiles.</summary>
    public BlobStore Texts { get; }

    /// <summary>Extra keys, each with the order of its keys beside it.</summary>
    public BlobStore Extras { get; }

    /// <summary>The messages of every session.</summary>
    public MessageList Messages { get; }

    /// <summary>The slots.</summary>
    public PagedArray<SessionSlot> Slots { get; } = new();

    /// <summary>One timer per slot.</summary>
    public TimingWheel Timers { get; }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        _index.MemoryBytes + Texts.MemoryBytes + Extras.MemoryBytes + Messages.MemoryBytes + Slots.MemoryBytes + Timers.MemoryBytes;

    /// <summary>The hash of <paramref name="identity"/> in this store.</summary>
    public uint Hash(in SessionIdentity identity) => identity.Hash(_seed);

    /// <summary>Fetches the way to the sessions of <paramref name="hash"/> into the cache.</summary>
    public void PrefetchWay(uint hash) => _index.Prefetch(hash);

    /// <summary>Fetches the session of <paramref name="hash"/>, as far as one look into the index tells it; returns its number.</summary>
    public int PrefetchSession(uint hash)
    {
        int id = _index.Guess(hash);
        Slots.Prefetch(id);
        return id;
    }

    /// <summary>The latest session of <paramref name="identity"/>, or 0.</summary>
    public int Head(in SessionIdentity identity, uint hash)
    {
        int position = _index.Home(hash);
        while (true)
        {
            int id = _index.Next(hash, ref position);
            if (id == 0) return 0;
            ref SessionSlot slot = ref Slots[id];
            if (slot.Tuple == identity.Tuple && Texts[slot.Device].SequenceEqual(identity.Device)
                && Texts[slot.LogicalSystem].SequenceEqual(identity.LogicalSystem))
            {
                return id;
            }
        }
    }

    /// <summary>Adds a session to the chain that <paramref name="head"/> leads, at the place of its <paramref name="anchor"/>.</summary>
    /// <returns>Its slot, with nothing but its identity.</returns>
    public int Add(in SessionIdentity identity, uint hash, int head, long anchor)
    {
        int id = Slots.Rent();
        Slots[id] = new SessionSlot
        {
            Tuple = identity.Tuple,
            Hash = hash,
            Anchor = anchor,
            Device = Texts.Intern(identity.Device),
            LogicalSystem = Texts.Intern(identity.LogicalSystem),
        };
        SetPhase(id, SessionPhase.Open);
        int newer = 0, older = head;
        while (older != 0 && Slots[older].Anchor > anchor)
        {
            newer = older;
            older = Slots[older].Older;
        }
        Slots[id].Older = older;
        if (newer != 0) Slots[newer].Older = id;
        else if (head != 0) _index.Replace(hash, head, id);
        else _index.Add(hash, id);
        return id;
    }

    /// <summary>Takes a session out and frees what it holds.</summary>
    public void Remove(int id)
    {
        ref SessionSlot slot = ref Slots[id];
        int newer = NewerOf(id);
        if (newer != 0) Slots[newer].Older = slot.Older;
        else _index.Replace(slot.Hash, id, slot.Older);
        Timers.Cancel(id);
        Messages.Clear(ref slot);
        Texts.Release(slot.Start.Profile);
        Texts.Release(slot.Device);
        Texts.Release(slot.LogicalSystem);
        SetPhase(id, SessionPhase.Free);
        slot = default;
        Slots.Return(id);
    }

    /// <summary>Number of sessions in <paramref name="phase"/>.</summary>
    public int CountOf(SessionPhase phase) => _counts[(int)phase];

    /// <summary>Moves a session to another phase.</summary>
    public void SetPhase(int id, SessionPhase phase)
    {
        ref SessionSlot slot = ref Slots[id];
        _counts[(int)slot.Phase]--;
        _counts[(int)phase]++;
        slot.Phase = phase;
    }

    /// <summary>Moves a session to another state.</summary>
    public void SetState(int id, LifeState state)
    {
        bool superseded = state == LifeState.Superseded;
        if (superseded) Slots[id].Superseded = true;
        SetPhase(id, superseded ? SessionPhase.Open : (SessionPhase)state);
    }

    /// <summary>The session of the same identity that began next after <paramref name="id"/>, or 0.</summary>
    public int NewerOf(int id)
    {
        ref SessionSlot slot = ref Slots[id];
        // Most sessions lead their chain: the index knows them by number, and no text is compared.
        if (_index.Contains(slot.Hash, id)) return 0;
        var identity = new SessionIdentity(Texts[slot.Device], Texts[slot.LogicalSystem], slot.Tuple);
        int at = Head(identity, slot.Hash), newer = 0;
        while (at != id)
        {
            newer = at;
            at = Slots[at].Older;
        }
        return newer;
    }

    /// <summary>A total order of sessions that does not depend on where they lie.</summary>
    public int Compare(int left, int right)
    {
        ref SessionSlot a = ref Slots[left], b = ref Slots[right];
        int order = a.Anchor.CompareTo(b.Anchor);
        if (order == 0) order = a.Tuple.CompareTo(b.Tuple);
        if (order == 0) order = Texts[a.Device].SequenceCompareTo(Texts[b.Device]);
        return order == 0 ? Texts[a.LogicalSystem].SequenceCompareTo(Texts[b.LogicalSystem]) : order;
    }
}
