using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// The ordered message lists of all sessions. The order is by time, then tag, then content: it is total on messages that differ, so a
/// list is the same whatever order its messages came in.
/// </summary>
internal sealed class MessageList
{
    private readonly PagedArray<MessageNode> _nodes = new();
    private readonly BlobStore _texts;
    private readonly BlobStore _extras;
    private readonly NatStore _nats = new();
    private readonly int _maxChanges;

    /// <summary>Makes lists that keep at most <paramref name="maxChanges"/> messages that tell of a change, of each tag.</summary>
    public MessageList(BlobStore texts, BlobStore extras, int maxChanges)
    {
        _texts = texts;
        _extras = extras;
        _maxChanges = maxChanges;
    }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _nodes.MemoryBytes + _nats.MemoryBytes;

    /// <summary>Message <paramref name="id"/>.</summary>
    public ref MessageNode this[int id] => ref _nodes[id];

    /// <summary>Fetches message <paramref name="id"/> into the cache; nothing for 0.</summary>
    public void Prefetch(int id) => _nodes.Prefetch(id);

    /// <summary>
    /// Fetches what message <paramref name="id"/> refers to, its translated addresses and the message after it; returns that one, or 0.
    /// </summary>
    public int PrefetchBeyond(int id)
    {
        ref readonly MessageNode node = ref _nodes[id];
        _nats.Prefetch(node.Nat);
        _nodes.Prefetch(node.Next);
        return node.Next;
    }

    /// <summary>The translated addresses of a message that states some.</summary>
    public NatAddresses Nat(int nat) => _nats[nat];

    /// <summary>The number of <paramref name="nat"/> among the messages of a session, with one more reference to it.</summary>
    public int ShareNat(in SessionSlot slot, in NatAddresses nat)
    {
        if (nat.Present == NatFields.None) return 0;
        for (int id = slot.FirstMessage; id != 0; id = _nodes[id].Next)
        {
            int known = _nodes[id].Nat;
            if (known == 0 || _nats[known] != nat) continue;
            _nats.AddReference(known);
            return known;
        }
        return _nats.Add(nat);
    }

    /// <summary>
    /// Says what <paramref name="message"/> is to the session. When its time was substituted, the same content is the same message, and the
    /// earliest arrival counts; likewise a second create of one tag: the earlier one counts.
    /// </summary>
    /// <param name="slot">The session.</param>
    /// <param name="message">The message.</param>
    /// <param name="replaced">For a new message, the one that it takes the place of, or 0.</param>
    public MessageOutcome Classify(in SessionSlot slot, in MessageNode message, out int replaced)
    {
        replaced = 0;
        int first = 0, second = 0, changes = 0;
        for (int id = slot.FirstMessage; id != 0; id = _nodes[id].Next)
        {
            ref MessageNode node = ref _nodes[id];
            if (node.IsFloor)
            {
                if (message.IsObservation && message.Time <= node.Time) return MessageOutcome.Old;
                continue;
            }
            if (node.Tag != message.Tag) continue;
            bool same = node.SaysTheSame(message)
                && (node.Time == message.Time || (message.Flags & MessageFlags.TimeSubstituted) != 0);
            if (!same && !message.IsCreate)
            {
                if (!node.IsChange) continue;
                if (++changes == 1) first = id;
                else if (changes == 2) second = id;
                continue;
            }
            if (Compare(node, message) <= 0) return MessageOutcome.Duplicate;
            replaced = id;
            return MessageOutcome.New;
        }
        if (changes < _maxChanges || !message.IsChange) return MessageOutcome.New;
        // The first and the most recent stay: what that is of all messages does not depend on the order in which they came.
        if (Compare(message, _nodes[first]) < 0) replaced = first;
        else if (Compare(message, _nodes[second]) > 0) replaced = second;
        return replaced == 0 ? MessageOutcome.Old : MessageOutcome.New;
    }

    /// <summary>Puts a new message in its place, and takes over its references. Returns its number.</summary>
    public int Insert(ref SessionSlot slot, in MessageNode message, int replaced)
    {
        if (replaced != 0) GiveUp(ref slot, replaced);
        int added = _nodes.Rent();
        ref MessageNode node = ref _nodes[added];
        node = message;
        ref int link = ref slot.FirstMessage;
        while (link != 0 && Compare(_nodes[link], message) < 0) link = ref _nodes[link].Next;
        node.Next = link;
        link = added;
        if (message.IsObservation) slot.Observations++;
        slot.Tags |= 1u << (int)message.Tag;
        return added;
    }

    /// <summary>Appends a message that was saved, and takes over its references.</summary>
    /// <returns>False when it does not come after all others, or is the second create of its tag.</returns>
    public bool TryAppend(ref SessionSlot slot, in MessageNode message)
    {
        for (int id = slot.FirstMessage; id != 0; id = _nodes[id].Next)
        {
            if (Compare(_nodes[id], message) >= 0 || (message.IsCreate && _nodes[id].Tag == message.Tag)) return false;
        }
        Insert(ref slot, message, 0);
        return true;
    }

    /// <summary>Gives up the oldest observations beyond <paramref name="limit"/>: the floor rises to them.</summary>
    public void Trim(ref SessionSlot slot, int limit)
    {
        while (slot.Observations > limit)
        {
            int oldest = slot.FirstMessage;
            while (!_nodes[oldest].IsObservation) oldest = _nodes[oldest].Next;
            RaiseFloor(ref slot, _nodes[oldest]);
            if (IsPartOfHistory(slot, oldest)) Settle(ref slot, oldest);
            else GiveUp(ref slot, oldest);
        }
    }

    /// <summary>Puts a floor back that was saved; the list is empty.</summary>
    public void RestoreFloor(ref SessionSlot slot, long time, in Volume totals, long activeMs)
    {
        int floor = _nodes.Rent();
        _nodes[floor] = new MessageNode { Time = time, Totals = totals, ActiveMs = activeMs, Next = slot.FirstMessage };
        slot.FirstMessage = floor;
    }

    /// <summary>Number of messages, the floor included.</summary>
    public int CountOf(in SessionSlot slot)
    {
        int count = 0;
        for (int id = slot.FirstMessage; id != 0; id = _nodes[id].Next) count++;
        return count;
    }

    /// <summary>The time of the last message.</summary>
    public long LastTime(in SessionSlot slot)
    {
        int last = slot.FirstMessage;
        while (_nodes[last].Next != 0) last = _nodes[last].Next;
        return _nodes[last].Time;
    }

    /// <summary>Frees every message of a session.</summary>
    public void Clear(ref SessionSlot slot)
    {
        for (int id = slot.FirstMessage; id != 0;)
        {
            int next = _nodes[id].Next;
            Release(_nodes[id]);
            _nodes.Return(id);
            id = next;
        }
        slot.FirstMessage = 0;
    }

    /// <summary>Gives back what a message refers to.</summary>
    public void Release(in MessageNode message)
    {
        _texts.Release(message.Profile);
        _texts.Release(message.Person);
        _extras.Release(message.Extras);
        _nats.Release(message.Nat);
    }

    /// <summary>The order of the list; 0 only for messages that say the same at the same time.</summary>
    public int Compare(in MessageNode a, in MessageNode b)
    {
        if (a.IsFloor || b.IsFloor) return b.IsFloor.CompareTo(a.IsFloor);
        int order = a.Time.CompareTo(b.Time);
        if (order == 0) order = OrderOf(a.Tag).CompareTo(OrderOf(b.Tag));
        return order == 0 ? CompareContent(a, b) : order;
    }

    // In one millisecond a session is created, changed, updated, closed; RT_FLOW speaks before AppTrack.
    private static int OrderOf(EventTag tag) => tag switch
    {
        EventTag.RtFlowSessionCreate or PanosStart.Tag => 1,
        EventTag.AppTrackSessionCreate => 2,
        EventTag.AppTrackSessionAppUpdate => 3,
        EventTag.AppTrackSessionRouteUpdate => 4,
        EventTag.RtFlowNexthopChange => 5,
        EventTag.AppQoeBestPathSelected => 6,
        EventTag.AppQoePassiveSlaMetricReport => 7,
        EventTag.AppQoeSlaMetricViolation => 8,
        EventTag.AppTrackSessionVolUpdate => 9,
        EventTag.RtFlowSessionClose => 10,
        EventTag.AppTrackSessionClose => 11,
        MessageNode.Continues => 12,
        _ => 13,
    };

    private int CompareContent(in MessageNode a, in MessageNode b)
    {
        int order = a.Totals.BytesFromClient.CompareTo(b.Totals.BytesFromClient);
        if (order == 0) order = a.Totals.BytesFromServer.CompareTo(b.Totals.BytesFromServer);
        if (order == 0) order = a.Totals.PacketsFromClient.CompareTo(b.Totals.PacketsFromClient);
        if (order == 0) order = a.Totals.PacketsFromServer.CompareTo(b.Totals.PacketsFromServer);
        if (order == 0) order = a.Elapsed.CompareTo(b.Elapsed);
        // As numbers: comparing enums makes an object of each.
        if (order == 0) order = ((int)a.Flags).CompareTo((int)b.Flags);
        if (order == 0) order = CompareBlobs(_texts, a.Profile, b.Profile);
        if (order == 0) order = CompareBlobs(_texts, a.Person, b.Person);
        if (order == 0 && a.Nat != b.Nat) order = CompareNat(a.Nat, b.Nat);
        return order == 0 ? CompareBlobs(_extras, a.Extras, b.Extras) : order;
    }

    private static int CompareBlobs(BlobStore blobs, int a, int b) => a == b ? 0 : blobs[a].SequenceCompareTo(blobs[b]);

    private int CompareNat(int a, int b) => a == 0 ? -1 : b == 0 ? 1 : _nats[a].CompareTo(_nats[b]);

    private void RaiseFloor(ref SessionSlot slot, in MessageNode oldest)
    {
        if (slot.FirstMessage == 0 || !_nodes[slot.FirstMessage].IsFloor)
        {
            long active = oldest.Totals.HasBytes ? VolumeBook.LastActive(slot.Start.Time, oldest.Time) : -1;
            RestoreFloor(ref slot, oldest.Time, oldest.Totals, active);
            return;
        }
        ref MessageNode floor = ref _nodes[slot.FirstMessage];
        Volume totals = Volume.Max(floor.Totals, oldest.Totals);
        bool moved = (totals - floor.Totals).HasBytes;
        long last = moved ? VolumeBook.LastActive(floor.Time, oldest.Time) : floor.ActiveMs;
        floor.Time = oldest.Time;
        floor.Totals = totals;
        floor.ActiveMs = last;
    }

    // True for what tells of a change, and for an update that names another application than the messages before it.
    private bool IsPartOfHistory(in SessionSlot slot, int id)
    {
        if (_nodes[id].IsClose) return false;
        if (_nodes[id].Tag != EventTag.AppTrackSessionVolUpdate) return true;
        var known = default(ApplicationName);
        for (int before = slot.FirstMessage; before != id; before = _nodes[before].Next)
        {
            var name = new ApplicationName(_texts[_nodes[before].Profile]);
            if (name.IsStepFrom(known)) known = name;
        }
        return new ApplicationName(_texts[_nodes[id].Profile]).IsStepFrom(known);
    }

    // Its totals are the floor's now; what else it says stays.
    private void Settle(ref SessionSlot slot, int id)
    {
        MessageNode change = _nodes[id];
        change.Totals = default;
        change.Flags &= ~MessageFlags.Totals;
        _texts.AddReference(change.Profile);
        _texts.AddReference(change.Person);
        _extras.AddReference(change.Extras);
        _nats.AddReference(change.Nat);
        Remove(ref slot, id);
        if (Classify(slot, change, out int replaced) == MessageOutcome.New)
        {
            Insert(ref slot, change, replaced);
            return;
        }
        Release(change);
        if (change.Tag == EventTag.AppTrackSessionVolUpdate) slot.DroppedUpdates++;
    }

    private void GiveUp(ref SessionSlot slot, int id)
    {
        if (_nodes[id].Tag == EventTag.AppTrackSessionVolUpdate) slot.DroppedUpdates++;
        Remove(ref slot, id);
    }

    /// <summary>Takes message <paramref name="id"/> out.</summary>
    public void Remove(ref SessionSlot slot, int id)
    {
        ref int link = ref slot.FirstMessage;
        while (link != id) link = ref _nodes[link].Next;
        ref MessageNode node = ref _nodes[id];
        link = node.Next;
        if (node.IsObservation) slot.Observations--;
        if (node.IsLink) slot.Tags &= ~(1u << (int)node.Tag);
        Release(node);
        _nodes.Return(id);
    }
}
