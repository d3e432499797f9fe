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
/// Both parts have the same device, logical system and addresses, hence one flow key and one partition. Which session continues which is a
/// function of their messages. A node counts what it has seen itself (its peer shows 0 packets of a session that it stands by for), so
/// each part has its own totals, its own deltas and its own record.
/// </remarks>
internal sealed class Continuations
{
    /// <summary>
    /// How far the first word of what continues a session, and its start, may be from the close that is no end, in milliseconds: a
    /// failover takes seconds, and each node tells the time for itself.
    /// </summary>
    public const long Tolerance = 5_000;

    // Sessions of the same addresses that wait to be continued: a sender that makes up more is not followed.
    private const int MaxWaiting = 16;

    private readonly SessionStore _store;
    private readonly SlotIndex _waiting = new();

    public Continuations(SessionStore store) => _store = store;

    /// <summary>True when a session waits to be continued. Else there is nothing to look for.</summary>
    public bool Any => _waiting.Count > 0;

    /// <summary>Session <paramref name="id"/> has a close that is no end: it waits to be continued.</summary>
    public void Wait(int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        if (slot.Waits) return;
        uint hash = Hash(slot);
        int position = _waiting.Home(hash), known = 0;
        while (_waiting.Next(hash, ref position) != 0) known++;
        if (known == MaxWaiting) return;
        _waiting.Add(hash, id);
        slot.Waits = true;
    }

    /// <summary>Session <paramref name="id"/> waits no longer.</summary>
    public void Leave(int id)
    {
        _store.Slots[id].Waits = false;
        _waiting.Replace(Hash(_store.Slots[id]), id, 0);
    }

    /// <summary>
    /// The next waiting session that <paramref name="id"/> could continue; 0 after the last. <paramref name="position"/> begins as -1.
    /// </summary>
    public int Next(int id, ref int position)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        uint hash = Hash(slot);
        if (position < 0) position = _waiting.Home(hash);
        int waiting;
        do waiting = _waiting.Next(hash, ref position);
        while (waiting != 0 && !Continues(id, waiting));
        return waiting;
    }

    /// <summary>Which of two sessions was heard of first: negative when that is <paramref name="left"/>.</summary>
    public int Compare(int left, int right)
    {
        int order = FirstHeard(left).CompareTo(FirstHeard(right));
        return order != 0 ? order : _store.Slots[left].Tuple.CompareTo(_store.Slots[right].Tuple);
    }

    /// <summary>The session that <paramref name="id"/> says it is continued by, or 0.</summary>
    /// <param name="id">The session.</param>
    /// <param name="named">True for the one that says the same; false for the one that it is by the messages of both.</param>
    public int SuccessorOf(int id, bool named)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        if (!TryRead(slot, MessageNode.ContinuedBy, out long successor)) return 0;
        var identity = new SessionIdentity(
            _store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple with { SessionId = successor });
        int best = 0;
        for (int candidate = _store.Head(identity, _store.Hash(identity)); candidate != 0; candidate = _store.Slots[candidate].Older)
        {
            bool fits = named ? Names(candidate, slot) : Continues(candidate, id);
            if (fits && (best == 0 || Compare(candidate, best) < 0)) best = candidate;
        }
        return best;
    }

    /// <summary>
    /// Lets session <paramref name="id"/> say that it is <paramref name="tag"/> of <paramref name="other"/>, or of none when that is 0.
    /// </summary>
    /// <returns>False when it says so already.</returns>
    public bool Set(int id, EventTag tag, int other)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        int message = Find(slot, tag), extras = other == 0 ? 0 : Write(tag, _store.Slots[other].Tuple.SessionId);
        if (extras == (message == 0 ? 0 : _store.Messages[message].Extras))
        {
            _store.Extras.Release(extras);
            return false;
        }
        if (other == 0) _store.Messages.Remove(ref slot, message);
        else _store.Messages.Insert(ref slot, new MessageNode { Tag = tag, Elapsed = MessageNode.NoElapsed, Extras = extras }, message);
        return true;
    }

    private bool Names(int id, in SessionSlot other) =>
        TryRead(_store.Slots[id], MessageNode.Continues, out long named) && (uint)named == other.Tuple.SessionId32;

    private bool Continues(int later, int earlier)
    {
        ref SessionSlot a = ref _store.Slots[later], b = ref _store.Slots[earlier];
        if (a.Tuple.SessionId32 == b.Tuple.SessionId32 || a.Tuple with { SessionId = b.Tuple.SessionId } != b.Tuple) return false;
        if (!_store.Texts[a.Device].SequenceEqual(_store.Texts[b.Device])) return false;
        if (!_store.Texts[a.LogicalSystem].SequenceEqual(_store.Texts[b.LogicalSystem])) return false;
        long left = SessionEnd.Of(_store.Messages, b).Time;
        return Compare(earlier, later) < 0 && FirstHeard(later) >= left - Tolerance && a.Start.Time <= left + Tolerance;
    }

    private uint Hash(in SessionSlot slot)
    {
        var kin = new SessionIdentity(_store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple with { SessionId = 0 });
        return _store.Hash(kin);
    }

    private long FirstHeard(int id)
    {
        int message = _store.Slots[id].FirstMessage;
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

    private bool TryRead(in SessionSlot slot, EventTag tag, out long sessionId)
    {
        sessionId = 0;
        int message = Find(slot, tag);
        if (message == 0) return false;
        ReadOnlySpan<byte> blob = _store.Extras[_store.Messages[message].Extras];
        if (blob.IsEmpty) return false;
        ExtrasBlob.Pair(blob, 1, out _, out Range value);
        return Utf8Parser.TryParse(blob[value], out sessionId, out _);
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
