using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.Lifecycle;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>The life of sessions: which one a message belongs to, what it changes, and what happens when time passes.</summary>
internal sealed class SessionLife
{
    // Elapsed time is in whole seconds, cut or rounded, so estimates of one start lie within a second; half of one more for the time
    // between the counter and the log line. Sessions of one identity whose starts are 2.5 s or more apart are always told apart.
    private const long StartTolerance = 1500;

    // The clock that counts elapsed time and the one that stamps lines drift apart by up to 100 ppm, which shows on sessions of days. A
    // session that old leaves no room for another of its identity nearby.
    private const long DriftDivisor = 10_000;
    private const int MaxRepeated = ushort.MaxValue;

    private readonly SessionOptions _options;
    private readonly SessionCounters _counters;
    private readonly MessageReader _reader;
    private readonly SessionRecords _records;
    private readonly DenialFold _denial;
    private readonly Continuations _continuations;
    private readonly VolumeBook _before;
    private readonly VolumeBook _after;
    private readonly DueOrder _order;
    private readonly long _settle;
    private readonly IdleTimes _idle;
    private readonly long _remember;
    private bool _behind;

    /// <summary>Makes the empty state of one task.</summary>
    public SessionLife(SessionOptions options, ulong hashSeed, SessionCounters counters)
    {
        Store = new SessionStore(hashSeed, options.MaxChanges);
        _options = options;
        _counters = counters;
        Persistence = new SessionPersistence(Store, options);
        _reader = new MessageReader(Store, options, counters);
        _records = new SessionRecords(Store, options);
        _denial = new DenialFold(Store, _reader);
        _continuations = new Continuations(Store);
        _before = new VolumeBook(Store, options.MaxObservations);
        _after = new VolumeBook(Store, options.MaxObservations);
        Foresight = new SessionForesight(Store, SessionJoin.MaxForeseen);
        _order = new DueOrder(Store);
        _settle = (long)options.SettleTime.TotalMilliseconds;
        _idle = new IdleTimes(options);
        _remember = (long)options.Remember.TotalMilliseconds;
    }

    /// <summary>The sessions.</summary>
    public SessionStore Store { get; }

    /// <summary>Prepares the cache for what comes.</summary>
    public SessionForesight Foresight { get; }

    /// <summary>Their rows.</summary>
    public SessionPersistence Persistence { get; }

    /// <summary>Time as of the last <see cref="AdvanceTime"/>.</summary>
    public long StreamTime { get; private set; }

    /// <summary>Takes a row, see <see cref="SessionPersistence.Restore"/>.</summary>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _behind = true;
        StreamTime = Persistence.Restore(key, value) ?? StreamTime;
    }

    /// <summary>Reads a snapshot into an empty state.</summary>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        _behind = true;
        StreamTime = Persistence.ReadSnapshot(snapshot);
    }

    /// <summary>Takes a denial.</summary>
    public void Deny<TOut>(SessionEvent e, ReadOnlySpan<byte> device, in EventTime time, TOut output)
        where TOut : ISessionOutput
    {
        _counters.Denials++;
        _denial.Fold(e, device, time);
        output.Denied(_denial.Record);
        FlowTuple tuple = FlowTuple.Of(e);
        output.Counted(SessionCount.Denied, Repeated(e), time.UnixMilliseconds, _denial.Dimensions(e, device, in tuple));
    }

    // PAN-OS writes one log for equal ones within five seconds and says how many; what is beyond any such number is cut.
    private static int Repeated(SessionEvent e) =>
        e.Has(Field.RepeatCount) ? (int)Math.Clamp(e.Number(Field.RepeatCount), 1, MaxRepeated) : 1;

    /// <summary>Takes a message of a session.</summary>
    public void Join<TOut>(SessionEvent e, ReadOnlySpan<byte> device, in EventTime time, long recordTimestamp, TOut output)
        where TOut : ISessionOutput
    {
        if (_behind) CatchUp();
        long now = Math.Max(StreamTime, recordTimestamp);
        var identity = new SessionIdentity(device, e.Text(Field.LogicalSystem), FlowTuple.Of(e));
        if (!Foresight.TryRecall(e, out uint hash)) hash = Store.Hash(identity);
        MessageNode message = _reader.Read(e, time);
        int head = Store.Head(identity, hash);
        int id = Match(head, message, time.DeviceMilliseconds);
        if (id == 0)
        {
            StartEvidence.TryEstimate(message, time.DeviceMilliseconds, out long anchor);
            id = Store.Add(identity, hash, head, anchor);
            message.Nat = Store.Messages.ShareNat(Store.Slots[id], NatAddresses.Of(e));
            Begin(id, message, now, output);
            return;
        }
        message.Nat = Store.Messages.ShareNat(Store.Slots[id], NatAddresses.Of(e));
        MessageOutcome outcome = Store.Messages.Classify(Store.Slots[id], message, out int replaced);
        // What is neither among the first nor the last of its kind is not kept, but may know best when the session began.
        bool kept = outcome == MessageOutcome.New;
        if (kept || (outcome == MessageOutcome.Old && message.IsChange && IsBetter(StartEvidence.Of(message), Store.Slots[id].Start)))
        {
            if (!kept) _counters.OldEvents++;
            Continue(id, message, replaced, kept, identity.Tuple.SessionId, now, output);
            return;
        }
        if (IsWider(identity.Tuple.SessionId, Store.Slots[id])) Widen(id, identity.Tuple.SessionId, now, output);
        Store.Messages.Release(message);
        if (outcome == MessageOutcome.Old) _counters.OldEvents++;
        else _counters.Duplicates++;
    }

    /// <summary>Moves time on and fires what is due.</summary>
    public void AdvanceTime<TOut>(long streamTime, TOut output)
        where TOut : ISessionOutput
    {
        if (_behind) CatchUp();
        if (streamTime <= StreamTime) return;
        StreamTime = streamTime;
        while (Store.Timers.TryAdvance(streamTime, out long deadline, out Span<int> due))
        {
            // Restored slots lie elsewhere than they did, but their records come in the same order.
            _order.Sort(due);
            while (!due.IsEmpty)
            {
                int prepared = Foresight.PrepareDue(due);
                Fire(due[..prepared], deadline, output);
                due = due[prepared..];
            }
        }
    }

    private void Fire<TOut>(ReadOnlySpan<int> due, long deadline, TOut output)
        where TOut : ISessionOutput
    {
        foreach (int id in due)
        {
            ref readonly LifeStep step = ref Lives.Of(Store.Slots[id].State, LifeEvent.Timer);
            if (step.Has(LifeEffects.Finish)) Finish(id, deadline, output);
            Take(id, step, deadline);
        }
    }

    // What only time does to a session is not written: a restored state does it again, up to the time that it was written at, and tells
    // nobody, because the lost one has.
    private void CatchUp()
    {
        _behind = false;
        _continuations.Recall(StreamTime);
        while (Store.Timers.TryAdvance(StreamTime, out long deadline, out Span<int> due))
        {
            foreach (int id in due) Take(id, Lives.Of(Store.Slots[id].State, LifeEvent.Timer), deadline);
        }
        _counters.Devices.Carry(Store);
    }

    // The session whose start is nearest, within the tolerance; without a start of its own the message belongs to the last session that had
    // begun by then. Failing both, it may be what a session without a stated start has waited for.
    private int Match(int head, in MessageNode message, long deviceTime)
    {
        bool estimated = StartEvidence.TryEstimate(message, deviceTime, out long start);
        int best = 0;
        long least = StartTolerance + ((deviceTime - start) / DriftDivisor) + 1;
        for (int id = head; id != 0; id = Store.Slots[id].Older)
        {
            long distance = start - Store.Slots[id].Anchor;
            if (!estimated)
            {
                if (distance >= -StartTolerance) return id;
                continue;
            }
            distance = Math.Abs(distance);
            if (distance >= least) continue;
            least = distance;
            best = id;
        }
        if (best == 0) return head == 0 ? 0 : Adopt(head, start);
        if (Store.Slots[best].Start.Class == StartClass.FirstSeen) MoveAnchor(best, start);
        return best;
    }

    // Only the oldest session of a chain can have no stated start: what comes without one belongs to a session that had begun by then, if
    // there is any. What states a start not after its first message is about it, and tells later ones apart from then on.
    private int Adopt(int head, long start)
    {
        int oldest = head;
        while (Store.Slots[oldest].Older != 0) oldest = Store.Slots[oldest].Older;
        ref SessionSlot slot = ref Store.Slots[oldest];
        if (slot.Start.Class != StartClass.FirstSeen || start > slot.Anchor) return 0;
        MoveAnchor(oldest, start);
        return oldest;
    }

    // The session's row has another key from then on.
    private void MoveAnchor(int id, long anchor)
    {
        Persistence.Forget(id);
        ref SessionSlot slot = ref Store.Slots[id];
        slot.Persisted = false;
        slot.Anchor = anchor;
        Persistence.Touch(id);
    }

    private void Begin<TOut>(int id, in MessageNode message, long now, TOut output)
        where TOut : ISessionOutput
    {
        ref SessionSlot slot = ref Store.Slots[id];
        slot.Start = StartEvidence.Of(message);
        Store.Texts.AddReference(slot.Start.Profile);
        Store.Messages.Insert(ref slot, message, 0);
        _counters.Begun++;
        _before.Clear();
        _after.Compute(slot);
        _after.EmitChanges(_before, in slot, output);
        LifeEvent happened = EventOf(slot);
        ref readonly LifeStep step = ref Lives.Of(LifeState.None, happened);
        if (step.Has(LifeEffects.Open))
        {
            CountStart(1, slot.Start, StartPerson(slot), slot, output);
            _counters.Devices[Store.Texts[slot.Device]].Begin();
        }
        Take(id, step, now);
        if (Store.NewerOf(id) != 0) Supersede(id, now);
        // Sessions that began before a new one of the same identity can have no more messages but those on their way.
        for (int older = slot.Older; older != 0; older = Store.Slots[older].Older)
        {
            // What has a close that is no end goes on under another id, which may still have to say so.
            if (!_continuations.Waits(Store.Slots[older])) Supersede(older, now);
        }
        Persistence.Touch(id);
        _continuations.Begin(id, now);
        if (Look(id, happened, now)) Follow(id, now, output);
        Evict(id, now, output);
    }

    private void Continue<TOut>(int id, in MessageNode message, int replaced, bool kept, long sessionId, long now, TOut output)
        where TOut : ISessionOutput
    {
        ref SessionSlot slot = ref Store.Slots[id];
        bool final = Lives.Of(slot.State, LifeEvent.Message).Has(LifeEffects.Revise);
        SessionEnd endBefore = final ? SessionEnd.Of(Store.Messages, slot) : default;
        Completeness completenessBefore = SessionFold.CompletenessOf(slot);
        StartEvidence startBefore = slot.Start;
        int personBefore = message.IsCreate ? StartPerson(slot) : 0;
        // What is taken back is said in the words that it was booked in.
        Hold(endBefore.Profile, endBefore.Person, startBefore.Profile, personBefore);
        if (final) _records.Remember(slot, endBefore);
        if (IsWider(sessionId, slot)) slot.Tuple = slot.Tuple with { SessionId = sessionId };
        _before.Compute(slot);
        int added = Store.Messages.Insert(ref slot, message, replaced);
        ImproveStart(ref slot, message, startBefore, personBefore, output);
        _after.Compute(slot);
        _after.EmitChanges(_before, in slot, output);
        if (VolumeBook.IsFault(Store.Messages, slot, added)) _counters.CounterFaults++;
        if (!kept) Store.Messages.Remove(ref slot, added);
        Store.Messages.Trim(ref slot, _options.MaxObservations);
        LifeEvent happened = EventOf(slot);
        bool linked = Look(id, happened, now);
        // One message makes one revision, whatever it changes.
        if (final) Revise(ref slot, endBefore, startBefore.Profile, completenessBefore, output);
        Take(id, Lives.Of(slot.State, happened), now);
        LetGo(endBefore.Profile, endBefore.Person, startBefore.Profile, personBefore);
        Persistence.Touch(id);
        if (linked) Follow(id, now, output);
    }

    // The lower half of the id was known, the whole of it is said now: see FlowTuple. Of several the highest counts, in any order.
    private static bool IsWider(long sessionId, in SessionSlot slot) => (ulong)sessionId > (ulong)slot.Tuple.SessionId;

    // A message that says nothing new but the whole of an id of which the lower half was known.
    private void Widen<TOut>(int id, long sessionId, long now, TOut output)
        where TOut : ISessionOutput
    {
        ref SessionSlot slot = ref Store.Slots[id];
        bool final = slot.Phase == SessionPhase.Final;
        SessionEnd end = final ? SessionEnd.Of(Store.Messages, slot) : default;
        if (final) _records.Remember(slot, end);
        slot.Tuple = slot.Tuple with { SessionId = sessionId };
        bool linked = Look(id, LifeEvent.Message, now);
        if (final && _records.Revise(ref slot, end, output)) _counters.Revisions++;
        Persistence.Touch(id);
        if (linked) Follow(id, now, output);
    }

    private void Hold(params ReadOnlySpan<int> texts)
    {
        foreach (int text in texts) Store.Texts.AddReference(text);
    }

    private void LetGo(params ReadOnlySpan<int> texts)
    {
        foreach (int text in texts) Store.Texts.Release(text);
    }

    private void ImproveStart<TOut>(
        ref SessionSlot slot, in MessageNode message, in StartEvidence old, int oldPerson, TOut output)
        where TOut : ISessionOutput
    {
        StartEvidence now = StartEvidence.Of(message);
        bool better = IsBetter(now, old);
        if (!better && !message.IsCreate) return;
        if (better)
        {
            slot.Start = now;
            Store.Texts.AddReference(now.Profile);
            Store.Texts.Release(old.Profile);
        }
        int person = message.IsCreate ? StartPerson(slot) : 0;
        if (!better && person == oldPerson) return;
        CountStart(-1, old, oldPerson, slot, output);
        CountStart(1, slot.Start, person, slot, output);
    }

    private bool IsBetter(in StartEvidence now, in StartEvidence old)
    {
        // As numbers: comparing enums makes an object of each.
        int order = ((int)now.Class).CompareTo((int)old.Class);
        if (order == 0) order = now.Time.CompareTo(old.Time);
        if (order != 0 || now.Profile == old.Profile) return order < 0;
        ReadOnlySpan<byte> a = Store.Texts[now.Profile], b = Store.Texts[old.Profile];
        order = Profile.Application(a).SequenceCompareTo(Profile.Application(b));
        return order == 0 ? a.SequenceCompareTo(b) < 0 : order < 0;
    }

    // A create is kept as long as its session, so that what was counted can be taken back; who an estimated start belongs to is not known.
    private int StartPerson(in SessionSlot slot)
    {
        StartEvidence start = slot.Start;
        if ((int)start.Class != (int)StartClass.Create) return 0;
        for (int id = slot.FirstMessage; id != 0; id = Store.Messages[id].Next)
        {
            ref MessageNode node = ref Store.Messages[id];
            if (node.IsCreate && node.Time == start.Time && node.Profile == start.Profile) return node.Person;
        }
        return 0;
    }

    private void Revise<TOut>(ref SessionSlot slot, in SessionEnd before, int startBefore, Completeness completenessBefore, TOut output)
        where TOut : ISessionOutput
    {
        SessionEnd now = SessionEnd.Of(Store.Messages, slot);
        if (_records.Revise(ref slot, now, output)) _counters.Revisions++;
        Completeness completeness = SessionFold.CompletenessOf(slot);
        if (!slot.Inherited)
            _counters.Devices[Store.Texts[slot.Device]].Correct(completenessBefore, before.Reason, completeness, now.Reason);
        if (now.Time == before.Time && now.Profile == before.Profile && now.Person == before.Person
            && (int)now.Reason == (int)before.Reason && slot.Start.Profile == startBefore)
        {
            return;
        }
        CountEnd(-1, before, startBefore, slot, output);
        CountEnd(1, now, slot.Start.Profile, slot, output);
    }

    private LifeEvent EventOf(in SessionSlot slot) =>
        SessionEnd.HasTerminal(Store.Messages, slot) ? LifeEvent.End : LifeEvent.Message;

    private void Supersede(int id, long now)
    {
        LifeState before = Store.Slots[id].State;
        ref readonly LifeStep step = ref Lives.Of(before, LifeEvent.Successor);
        if (step.Next == before) return;
        Take(id, step, now);
        Persistence.Touch(id);
    }

    // Lets the session say what part of another it is, now that it has changed. What that makes of the others is for Follow to say.
    private bool Look(int id, LifeEvent happened, long now)
    {
        bool waits = happened == LifeEvent.Message && Store.Slots[id].HasClose;
        if ((!waits && !_continuations.Any) || !_continuations.Look(id, now)) return false;
        int part = 0;
        while (_continuations[part] != id) part++;
        _continuations.Settle(part);
        return true;
    }

    // What the other parts of a session become by what Look found.
    private void Follow<TOut>(int id, long now, TOut output)
        where TOut : ISessionOutput
    {
        for (int part = 0; part < _continuations.Count; part++)
        {
            int other = _continuations[part];
            if (_continuations.IsContinued(part)) Supersede(other, now);
            if (_continuations.HasChanged(part)) Persistence.Touch(other);
            if (other == id || !_continuations.Differs(part)) continue;
            ref SessionSlot slot = ref Store.Slots[other];
            bool final = slot.Phase == SessionPhase.Final;
            SessionEnd end = final ? SessionEnd.Of(Store.Messages, slot) : default;
            if (final) _records.Remember(slot, end);
            _continuations.Settle(part);
            if (final && _records.Revise(ref slot, end, output)) _counters.Revisions++;
            Persistence.Touch(other);
        }
    }

    // Goes to the next state and does what leaves no output.
    private void Take(int id, in LifeStep step, long now)
    {
        if (step.Has(LifeEffects.Forget))
        {
            Forget(id);
            return;
        }
        ref SessionSlot slot = ref Store.Slots[id];
        long deadline = now + _settle;
        if (step.Has(LifeEffects.ArmRemember))
        {
            slot.KeyStart = slot.Start.Time;
            deadline = now + _remember;
        }
        if (step.Has(LifeEffects.ArmIdle)) deadline = Math.Max(deadline, Store.Messages.LastTime(slot) + _idle.Of(slot, Store.Texts));
        if (step.Next != slot.State) Store.SetState(id, step.Next);
        if (step.Has(LifeEffects.Arm) && Store.Timers.DeadlineOf(id) != deadline) Store.Timers.Arm(id, deadline);
    }

    private void Evict<TOut>(int id, long now, TOut output)
        where TOut : ISessionOutput
    {
        ref SessionSlot slot = ref Store.Slots[id];
        // Alone with its identity, as nearly every session is.
        if (slot.Older == 0 && !slot.Superseded) return;
        var identity = new SessionIdentity(Store.Texts[slot.Device], Store.Texts[slot.LogicalSystem], slot.Tuple);
        int oldest = Store.Head(identity, slot.Hash), length = 1;
        for (; Store.Slots[oldest].Older != 0; oldest = Store.Slots[oldest].Older) length++;
        if (length <= _options.MaxInstances) return;
        _counters.InstancesEvicted++;
        ref readonly LifeStep step = ref Lives.Of(Store.Slots[oldest].State, LifeEvent.Eviction);
        if (step.Has(LifeEffects.Finish)) Finish(oldest, now, output);
        Take(oldest, step, now);
    }

    private void Finish<TOut>(int id, long now, TOut output)
        where TOut : ISessionOutput
    {
        ref SessionSlot slot = ref Store.Slots[id];
        slot.KeyStart = slot.Start.Time;
        SessionEnd end = SessionEnd.Of(Store.Messages, slot);
        _records.Finish(slot, end, output);
        CountEnd(1, end, slot.Start.Profile, slot, output);
        _counters.CountEnd(end.Reason);
        _counters.Devices[Store.Texts[slot.Device]].End(SessionFold.CompletenessOf(slot), end.Reason);
    }

    private void Forget(int id)
    {
        if (Store.Slots[id].IsPart)
        {
            _continuations.Leave(id);
            for (int part = 0; part < _continuations.Count; part++)
            {
                if (_continuations.HasChanged(part)) Persistence.Touch(_continuations[part]);
            }
        }
        Persistence.Forget(id);
        Store.Remove(id);
    }

    private void CountStart<TOut>(int sign, in StartEvidence start, int person, in SessionSlot slot, TOut output)
        where TOut : ISessionOutput
    {
        var dimensions = new SessionDimensions(Store.Texts, in slot, start.Profile, person, start.Profile, null);
        output.Counted(SessionCount.Opened, sign, start.Time, dimensions);
    }

    private void CountEnd<TOut>(int sign, in SessionEnd end, int start, in SessionSlot slot, TOut output)
        where TOut : ISessionOutput
    {
        var dimensions = new SessionDimensions(Store.Texts, in slot, end.Profile, end.Person, start, end.Reason);
        output.Counted(SessionCount.Closed, sign, end.Time, dimensions);
    }
}
