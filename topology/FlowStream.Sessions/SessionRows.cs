using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The binary form of a session, version 1: the value of its changelog row and its place in a snapshot. Texts are written once per scope; a
/// row is a scope of its own, a snapshot is one scope.
/// </summary>
internal sealed class SessionRows
{
    /// <summary>The version that is written; another is refused.</summary>
    public const byte Version = 1;

    private const byte SupersededBit = 4;
    private const int MaxMessages = 128;

    private readonly SessionStore _store;
    private readonly int _maxObservations;
    private readonly BlobReferences _writeTexts;
    private readonly BlobReferences _writeExtras;
    private readonly BlobResolver _readTexts;
    private readonly BlobResolver _readExtras;

    public SessionRows(SessionStore store, int maxObservations)
    {
        _store = store;
        _maxObservations = maxObservations;
        _writeTexts = new BlobReferences(store.Texts);
        _writeExtras = new BlobReferences(store.Extras);
        _readTexts = new BlobResolver(store.Texts, areExtras: false);
        _readExtras = new BlobResolver(store.Extras, areExtras: true);
    }

    /// <summary>Begins a scope of writing.</summary>
    public void BeginScope()
    {
        _writeTexts.Begin();
        _writeExtras.Begin();
    }

    /// <summary>Ends a scope of reading, also one that failed.</summary>
    public void EndScope()
    {
        _readTexts.End();
        _readExtras.End();
    }

    /// <summary>Writes the identity and anchor of session <paramref name="id"/>.</summary>
    public void WriteIdentity(RowBuffer row, int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        var identity = new SessionIdentity(_store.Texts[slot.Device], _store.Texts[slot.LogicalSystem], slot.Tuple);
        Span<byte> target = row.Reserve(SessionKeyBytes.FixedBytes + identity.Device.Length + identity.LogicalSystem.Length);
        row.Advance(SessionKeyBytes.Write(target, identity, slot.Anchor));
    }

    /// <summary>Writes everything else of session <paramref name="id"/>.</summary>
    public void WriteValue(RowBuffer row, int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        row.WriteByte(Version);
        row.WriteByte((byte)((byte)slot.Phase | (slot.Superseded ? SupersededBit : 0)));
        row.WriteNumber(slot.Tags);
        row.WriteByte((byte)slot.Start.Class);
        row.WriteSigned(slot.Start.Time);
        _writeTexts.Write(row, slot.Start.Profile);
        row.WriteNumber((ulong)slot.Revision);
        row.WriteNumber((ulong)slot.DroppedUpdates);
        row.WriteFixed(slot.KeyHigh);
        row.WriteFixed(slot.KeyLow);
        row.WriteSigned(_store.Timers.DeadlineOf(id));
        int count = 0;
        for (int m = slot.FirstMessage; m != 0; m = _store.Messages[m].Next) count++;
        row.WriteNumber((ulong)count);
        for (int m = slot.FirstMessage; m != 0; m = _store.Messages[m].Next) WriteMessage(row, _store.Messages[m]);
    }

    /// <summary>Makes a session of what was written, in the place of one with the same identity and anchor. Returns its slot.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or of another version; no session is left of them.</exception>
    public int Read(ReadOnlySpan<byte> identityBytes, ref RowReader row)
    {
        int existing = Find(identityBytes, out SessionIdentity identity, out uint hash, out long anchor);
        if (existing != 0) _store.Remove(existing);
        int id = _store.Add(identity, hash, _store.Head(identity, hash), anchor);
        try
        {
            ReadValue(ref row, id);
            return id;
        }
        catch (InvalidDataException)
        {
            _store.Remove(id);
            throw;
        }
    }

    /// <summary>The session of exactly this identity and anchor, or 0.</summary>
    public int Find(ReadOnlySpan<byte> identityBytes, out SessionIdentity identity, out uint hash, out long anchor)
    {
        identity = SessionKeyBytes.Read(identityBytes, out anchor);
        hash = _store.Hash(identity);
        int id = _store.Head(identity, hash);
        while (id != 0 && _store.Slots[id].Anchor != anchor) id = _store.Slots[id].Older;
        return id;
    }

    private void ReadValue(ref RowReader row, int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        if (row.ReadByte() != Version) RowReader.Throw("it is of another version");
        byte state = row.ReadByte();
        var phase = (SessionPhase)(state & 3);
        slot.Superseded = (state & SupersededBit) != 0;
        uint tags = (uint)row.ReadNumber();
        byte startClass = row.ReadByte();
        if (phase == SessionPhase.Free || state > (SupersededBit | 3) || startClass > (byte)StartClass.FirstSeen)
            RowReader.Throw("a state is unknown");
        _store.SetPhase(id, phase);
        long start = row.ReadSigned();
        slot.Start = new StartEvidence((StartClass)startClass, start, ReadProfile(ref row));
        slot.Revision = row.ReadNumber(int.MaxValue);
        slot.DroppedUpdates = row.ReadNumber(int.MaxValue);
        slot.KeyHigh = row.ReadFixed();
        slot.KeyLow = row.ReadFixed();
        long deadline = row.ReadSigned();
        int count = row.ReadNumber(MaxMessages);
        for (int i = 0; i < count; i++) ReadMessage(ref row, ref slot);
        if (slot.FirstMessage == 0) RowReader.Throw("a session has no message");
        slot.Tags = tags;
        _store.Messages.Trim(ref slot, _maxObservations);
        _store.Timers.Arm(id, deadline);
    }

    private void WriteMessage(RowBuffer row, in MessageNode message)
    {
        Span<byte> numbers = row.Reserve(2 + (6 * RowBuffer.MaxNumberBytes));
        numbers[0] = (byte)message.Tag;
        numbers[1] = (byte)message.Flags;
        int position = RowBuffer.Signed(numbers, 2, message.Time);
        position = RowBuffer.Signed(numbers, position, message.Elapsed);
        position = RowBuffer.Number(numbers, position, (ulong)message.Totals.BytesFromClient);
        position = RowBuffer.Number(numbers, position, (ulong)message.Totals.BytesFromServer);
        position = RowBuffer.Number(numbers, position, (ulong)message.Totals.PacketsFromClient);
        row.Advance(RowBuffer.Number(numbers, position, (ulong)message.Totals.PacketsFromServer));
        _writeTexts.Write(row, message.Profile);
        _writeExtras.Write(row, message.Extras);
        _writeTexts.Write(row, message.Nat);
        _writeTexts.Write(row, message.Reason);
    }

    private void ReadMessage(ref RowReader row, ref SessionSlot slot)
    {
        var message = new MessageNode
        {
            Tag = (EventTag)row.ReadByte(),
            Flags = (MessageFlags)row.ReadByte(),
            Time = row.ReadSigned(),
            Elapsed = row.ReadSigned(),
            Totals = new Volume(ReadTotal(ref row), ReadTotal(ref row), ReadTotal(ref row), ReadTotal(ref row)),
        };
        if (!IsKnown(message)) RowReader.Throw("a message is of an unknown kind");
        ReadTexts(ref row, ref message);
        if (message.IsFloor)
        {
            if (slot.FirstMessage != 0) RowReader.Throw("a floor is not the first message");
            _store.Messages.Release(message);
            _store.Messages.RestoreFloor(ref slot, message.Time, message.Totals);
            return;
        }
        if (_store.Messages.TryAppend(ref slot, message)) return;
        _store.Messages.Release(message);
        RowReader.Throw("messages are out of order");
    }

    private static bool IsKnown(in MessageNode message) =>
        (message.IsFloor || message.IsCreate || message.IsClose || message.Tag == EventTag.AppTrackSessionVolUpdate)
        && (message.Flags & ~MessageFlags.All) == 0;

    private void ReadTexts(ref RowReader row, ref MessageNode message)
    {
        try
        {
            message.Profile = ReadProfile(ref row);
            message.Extras = _readExtras.Read(ref row);
            message.Nat = _readTexts.Read(ref row);
            if (message.Nat != 0 && _store.Texts[message.Nat].Length != NatBlob.Bytes) RowReader.Throw("a translation is damaged");
            message.Reason = _readTexts.Read(ref row);
        }
        catch (InvalidDataException)
        {
            _store.Messages.Release(message);
            throw;
        }
        if (message.IsClose) message.End = EndReasons.Parse(_store.Texts[message.Reason], out _);
    }

    private int ReadProfile(ref RowReader row)
    {
        int id = _readTexts.Read(ref row);
        if (Profile.IsValid(_store.Texts[id])) return id;
        _store.Texts.Release(id);
        RowReader.Throw("a profile is damaged");
        return 0;
    }

    private static long ReadTotal(ref RowReader row)
    {
        long total = (long)row.ReadNumber();
        if (total < 0) RowReader.Throw("a total is out of range");
        return total;
    }
}
