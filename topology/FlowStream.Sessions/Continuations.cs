using System.Buffers.Binary;
using System.Buffers.Text;
using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// Sessions whose last close is no end, as after a failover or a change of route, and those that continue them under another id. Both say
/// so by a message of their own, which the join makes up and keeps with the others: <c>extras.continued_by</c> of the one and
/// <c>extras.continues</c> of the other.
/// </summary>
/// <remarks>
/// All parts have the same device, logical system and addresses, hence one flow key and one partition. Which part continues which is a
/// function of the messages of all, worked out anew when one of them changes. A node counts what it has seen itself (its peer shows 0
/// packets of a session that it stands by for), so each part has its own totals, its own deltas and its own record.
/// </remarks>
internal sealed class Continuations
{
    /// <summary>
    /// How far the first word of what continues a session, and its start, may be after the close that is no end, in milliseconds: a
    /// failover takes seconds.
    /// </summary>
    public const long Tolerance = 5_000;

    // How far before that close it may be heard of: each node tells the time for itself. So little that what continues a session is not
    // final before the close can arrive, within the settle time.
    private const long Early = 1_000;

    // Sessions of the same addresses that are looked at together: a sender that makes up more is not followed.
    private const int MaxParts = 16;

    // In a link, in the place of the elapsed time: the session that it names was forgotten.
    private const long Forgotten = 0;

    private readonly SessionStore _store;
    private readonly RecentSessions _recent;
    private readonly SessionPart[] _parts = new SessionPart[MaxParts + 1];
    private SlotIndex _known = new();

    public Continuations(SessionStore store)
    {
        _store = store;
        _recent = new RecentSessions(this);
    }

    /// <summary>True when parts of sessions are known. Else only a session that waits is of interest.</summary>
    public bool Any => _known.Count > 0;

    /// <summary>Number of the parts that <see cref="Look"/> found.</summary>
    public int Count { get; private set; }

    /// <summary>The session that part number <paramref name="part"/> is.</summary>
    public int this[int part] => _parts[part].Id;

    /// <summary>Notes that session <paramref name="id"/> began to be known at <paramref name="now"/>.</summary>
    public void Begin(int id, long now) => _recent.Add(id, now);

    /// <summary>Finds what is known among sessions that were restored as of <paramref name="streamTime"/>.</summary>
    public void Recall(long streamTime)
    {
        _known = new SlotIndex();
        for (int id = 1; id <= _store.Slots.High; id++)
        {
            ref SessionSlot slot = ref _store.Slots[id];
            if (slot.Phase == SessionPhase.Free) continue;
            if (slot.IsPart) _known.Add(Hash(id), id);
            if (FirstHeard(slot) >= streamTime - RecentSessions.Span) _recent.Add(id, streamTime);
        }
    }

    /// <summary>True when a session has closes and none is an end: it waits to be continued.</summary>
    public bool Waits(in SessionSlot slot) => slot.HasClose && !SessionEnd.HasTerminal(_store.Messages, slot);

    /// <summary>Session <paramref name="id"/> is about to be forgotten: what names it cannot be worked out again and stands.</summary>
    public void Leave(int id)
    {
        uint hash = Hash(id);
        Gather(id, hash);
        _parts[Count++] = PartOf(id);
        Relate();
        for (int part = 0; part < Count; part++)
        {
            ref SessionPart other = ref _parts[part];
            if (other.Successor >= 0 && _parts[other.Successor].Id == id) Keep(ref other, MessageNode.ContinuedBy);
            if (other.Predecessor >= 0 && _parts[other.Predecessor].Id == id) Keep(ref other, MessageNode.Continues);
        }
        _store.Slots[id].IsPart = false;
        _known.Replace(hash, id, 0);
    }

    /// <summary>
    /// Works out what the parts are to one another of which session <paramref name="id"/>, new or changed, is one.
    /// </summary>
    /// <param name="id">The session.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it is none.</returns>
    public bool Look(int id, long now)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        bool waits = Waits(slot);
        uint hash = Hash(id);
        Count = 0;
        int position = _known.Home(hash);
        if (!waits && _known.Next(hash, ref position) == 0) return false;
        Gather(id, hash);
        SessionPart self = PartOf(id);
        bool near = waits || slot.IsPart;
        for (int part = 0; part < Count; part++) near |= self.IsNear(_parts[part]);
        if (!near || Count == MaxParts)
        {
            Count = 0;
            return false;
        }
        if (!slot.IsPart) Add(id, hash);
        if (waits) FindRecent(id, hash, self, now);
        _parts[Count++] = self;
        Relate();
        return true;
    }

    /// <summary>True when part <paramref name="part"/> is continued by another.</summary>
    public bool IsContinued(int part) => _parts[part].Successor >= 0;

    /// <summary>True when what is kept of part <paramref name="part"/> has changed, though no message of its own came.</summary>
    public bool HasChanged(int part) => _parts[part].HasChanged;

    /// <summary>True when part <paramref name="part"/> does not say what it is to the others.</summary>
    public bool Differs(int part) =>
        Wanted(part, MessageNode.ContinuedBy) != Said(_parts[part].Id, MessageNode.ContinuedBy)
        || Wanted(part, MessageNode.Continues) != Said(_parts[part].Id, MessageNode.Continues);

    /// <summary>Lets part <paramref name="part"/> say what it is to the others.</summary>
    public void Settle(int part)
    {
        Set(_parts[part].Id, MessageNode.ContinuedBy, Wanted(part, MessageNode.ContinuedBy));
        Set(_parts[part].Id, MessageNode.Continues, Wanted(part, MessageNode.Continues));
    }

    /// <summary>The hash of what all parts have in common with session <paramref name="id"/>.</summary>
    public uint Hash(int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        var kin = new SessionIdentity(_store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple with { SessionId = 0 });
        return _store.Hash(kin);
    }

    // What began before the session was known to wait has not been looked at. How long ago is told by the messages, so that a restored
    // state knows it as well.
    private void FindRecent(int id, uint hash, in SessionPart self, long now)
    {
        foreach (int recent in _recent.Of(hash))
        {
            // The number may be another session's by now.
            if (Count == MaxParts - 1) return;
            if (_store.Slots[recent].Phase == SessionPhase.Free || _store.Slots[recent].IsPart || !AreKin(recent, id)) continue;
            SessionPart part = PartOf(recent);
            if (part.Heard < now - RecentSessions.Span || !part.IsNear(self)) continue;
            Add(recent, hash);
            _parts[Count++] = part with { HasChanged = true };
        }
    }

    private void Gather(int id, uint hash)
    {
        Count = 0;
        int position = _known.Home(hash);
        while (Count < MaxParts && _known.Next(hash, ref position) is var other and not 0)
        {
            if (other != id && AreKin(other, id)) _parts[Count++] = PartOf(other);
        }
    }

    private void Add(int id, uint hash)
    {
        _known.Add(hash, id);
        _store.Slots[id].IsPart = true;
    }

    // Of those that could continue a session the first counts; of those that one continues, the last is named.
    private void Relate()
    {
        Span<SessionPart> parts = _parts.AsSpan(0, Count);
        // Not in the order of the index: what is said of several is said in the same order by a restored state.
        parts.Sort();
        for (int i = 0; i < parts.Length; i++)
        {
            if (Stands(parts[i].Id, MessageNode.ContinuedBy)) continue;
            int next = -1;
            for (int j = 0; j < parts.Length; j++)
            {
                if (parts[j].Continues(parts[i]) && (next < 0 || parts[j].CompareTo(parts[next]) < 0)) next = j;
            }
            parts[i].Successor = next;
            if (next < 0) continue;
            int known = parts[next].Predecessor;
            if (known < 0 || parts[known].CompareTo(parts[i]) < 0) parts[next].Predecessor = i;
        }
    }

    private SessionPart PartOf(int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        bool waits = Waits(slot);
        long left = waits ? SessionEnd.Of(_store.Messages, slot).Time : 0;
        return new SessionPart(id, slot.Tuple.SessionId32, FirstHeard(slot), slot.Start.Time, waits, left - Early, left + Tolerance)
        {
            Successor = -1, Predecessor = -1,
        };
    }

    private bool AreKin(int left, int right)
    {
        ref SessionSlot a = ref _store.Slots[left], b = ref _store.Slots[right];
        return a.Tuple with { SessionId = b.Tuple.SessionId } == b.Tuple
            && _store.Texts[a.Device].SequenceEqual(_store.Texts[b.Device])
            && _store.Texts[a.LogicalSystem].SequenceEqual(_store.Texts[b.LogicalSystem]);
    }

    private long? Wanted(int part, EventTag tag)
    {
        bool continues = tag == MessageNode.Continues;
        if (!continues && !_parts[part].Waits) return null;
        if (Stands(_parts[part].Id, tag)) return Said(_parts[part].Id, tag);
        int other = continues ? _parts[part].Predecessor : _parts[part].Successor;
        return other >= 0 ? _store.Slots[_parts[other].Id].Tuple.SessionId : null;
    }

    // True when what the session names was forgotten.
    private bool Stands(int id, EventTag tag) =>
        Find(_store.Slots[id], tag) is var said and not 0 && _store.Messages[said].Elapsed == Forgotten;

    private void Keep(ref SessionPart part, EventTag tag)
    {
        int said = Find(_store.Slots[part.Id], tag);
        if (said == 0) return;
        _store.Messages[said].Elapsed = Forgotten;
        part.HasChanged = true;
    }

    private void Set(int id, EventTag tag, long? sessionId)
    {
        if (Said(id, tag) == sessionId) return;
        ref SessionSlot slot = ref _store.Slots[id];
        int message = Find(slot, tag);
        if (sessionId is not { } named)
        {
            _store.Messages.Remove(ref slot, message);
            return;
        }
        var link = new MessageNode { Tag = tag, Elapsed = MessageNode.NoElapsed, Extras = Write(tag, named) };
        _store.Messages.Insert(ref slot, link, message);
    }

    // Messages that were given up are older than the floor tells: without a link before, the session counts as heard of from its start.
    private long FirstHeard(in SessionSlot slot)
    {
        int message = slot.FirstMessage;
        if (_store.Messages[message].IsFloor && !slot.Has(MessageNode.Continues))
            return Math.Min(slot.Start.Time, _store.Messages[message].Time);
        while (_store.Messages[message].IsLink) message = _store.Messages[message].Next;
        return _store.Messages[message].Time;
    }

    private int Find(in SessionSlot slot, EventTag tag)
    {
        if (!slot.Has(tag)) return 0;
        int message = slot.FirstMessage;
        while (message != 0 && _store.Messages[message].Tag != tag) message = _store.Messages[message].Next;
        return message;
    }

    private long? Said(int id, EventTag tag)
    {
        int message = Find(_store.Slots[id], tag);
        if (message == 0) return null;
        ReadOnlySpan<byte> blob = _store.Extras[_store.Messages[message].Extras];
        if (blob.IsEmpty) return null;
        ExtrasBlob.Pair(blob, 1, out _, out Range value);
        return Utf8Parser.TryParse(blob[value], out long sessionId, out _) ? sessionId : null;
    }

    private int Write(EventTag tag, long sessionId)
    {
        ReadOnlySpan<byte> key = tag == MessageNode.Continues ? "continues"u8 : "continued_by"u8;
        Span<byte> blob = stackalloc byte[64];
        Utf8Formatter.TryFormat(sessionId, blob[(1 + ExtrasBlob.PairHeaderBytes + key.Length)..], out int length);
        blob[0] = 1;
        blob[1] = (byte)key.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(blob[2..], (ushort)length);
        key.CopyTo(blob[(1 + ExtrasBlob.PairHeaderBytes)..]);
        return ExtrasBlob.Intern(_store.Extras, blob[..(1 + ExtrasBlob.PairHeaderBytes + key.Length + length)]);
    }
}
