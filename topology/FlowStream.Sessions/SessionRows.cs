using System.Runtime.CompilerServices;
using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The binary form of a session, version 3: the value of its changelog row and its place in a snapshot. Texts are written once per scope; a
/// row is a scope of its own, a snapshot is one scope.
/// </summary>
internal sealed class SessionRows
{
    /// <summary>The version that is written; another is refused.</summary>
    public const byte Version = 3;

    private const byte SupersededBit = 4;
    private const byte WideIdBit = 8;
    private const byte PartBit = 16;
    private const byte SameNat = 1;

    private readonly SessionStore _store;
    private readonly int _maxObservations;
    private readonly int _maxMessages;
    private readonly BlobReferences _writeTexts;
    private readonly BlobReferences _writeExtras;
    private readonly BlobResolver _readTexts;
    private readonly BlobResolver _readExtras;

    public SessionRows(SessionStore store, SessionOptions options)
    {
        _store = store;
        _maxObservations = options.MaxObservations;
        _maxMessages = options.MaxMessages;
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
        ReadOnlySpan<byte> device = _store.Texts[slot.Device], logicalSystem = _store.Texts[slot.LogicalSystem];
        Span<byte> target = row.Reserve(SessionKeyBytes.FixedBytes + device.Length + logicalSystem.Length);
        row.Advance(SessionKeyBytes.Write(target, device, logicalSystem, slot.Tuple, slot.Anchor));
    }

    /// <summary>Writes everything else of session <paramref name="id"/>.</summary>
    public void WriteValue(RowBuffer row, int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        StartEvidence start = slot.Start;
        ref byte head = ref row.Room(3 + (8 * RowBuffer.MaxNumberBytes));
        head = Version;
        ulong upperId = (ulong)slot.Tuple.SessionId >> 32;
        int bits = (slot.Superseded ? SupersededBit : 0) | (upperId != 0 ? WideIdBit : 0) | (slot.IsPart ? PartBit : 0);
        Unsafe.Add(ref head, 1) = (byte)((byte)slot.Phase | bits);
        Unsafe.Add(ref head, 2) = (byte)start.Class;
        int position = upperId != 0 ? RowBuffer.Number(ref head, 3, upperId) : 3;
        position = RowBuffer.Number(ref head, position, slot.Tags);
        position = RowBuffer.Signed(ref head, position, start.Time);
        position = RowBuffer.Number(ref head, position, (ulong)slot.Revision);
        position = RowBuffer.Number(ref head, position, (ulong)slot.DroppedUpdates);
        if (slot.Phase == SessionPhase.Final) position = RowBuffer.Signed(ref head, position, slot.KeyStart);
        position = RowBuffer.Signed(ref head, position, _store.Timers.DeadlineOf(id));
        row.Advance(RowBuffer.Number(ref head, position, (ulong)_store.Messages.CountOf(slot)));
        _writeTexts.Write(row, start.Profile);
        int nat = 0;
        for (int m = slot.FirstMessage; m != 0;)
        {
            ref readonly MessageNode message = ref _store.Messages[m];
            WriteMessage(row, message, start.Time, ref nat);
            m = message.Next;
        }
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
        byte state = row.ReadByte(), startClass = row.ReadByte();
        var phase = (SessionPhase)(state & 3);
        if (phase == SessionPhase.Free || state > (PartBit | WideIdBit | SupersededBit | 3) || startClass > (byte)StartClass.FirstSeen)
            RowReader.Throw("a state is unknown");
        slot.Superseded = (state & SupersededBit) != 0;
        slot.IsPart = (state & PartBit) != 0;
        _store.SetPhase(id, phase);
        if ((state & WideIdBit) != 0)
        {
            long upperId = row.ReadNumber(int.MaxValue);
            slot.Tuple = slot.Tuple with { SessionId = (upperId << 32) | slot.Tuple.SessionId32 };
        }
        uint tags = (uint)row.ReadNumber();
        long start = row.ReadSigned();
        slot.Revision = row.ReadNumber(int.MaxValue);
        slot.DroppedUpdates = row.ReadNumber(int.MaxValue);
        if (phase == SessionPhase.Final) slot.KeyStart = row.ReadSigned();
        long deadline = row.ReadSigned();
        int count = row.ReadNumber(_maxMessages), nat = 0;
        slot.Start = new StartEvidence((StartClass)startClass, start, ReadProfile(ref row));
        for (int i = 0; i < count; i++) ReadMessage(ref row, ref slot, ref nat);
        if (slot.FirstMessage == 0) RowReader.Throw("a session has no message");
        slot.Tags = tags;
        _store.Messages.Trim(ref slot, _maxObservations);
        _store.Timers.Arm(id, deadline);
    }

    private void WriteMessage(RowBuffer row, in MessageNode message, long start, ref int nat)
    {
        ref byte numbers = ref row.Room(2 + (6 * RowBuffer.MaxNumberBytes));
        numbers = (byte)message.Tag;
        Unsafe.Add(ref numbers, 1) = (byte)message.Flags;
        int position = RowBuffer.Signed(ref numbers, 2, message.Time - start);
        position = RowBuffer.Signed(ref numbers, position, message.Elapsed);
        if (!message.IsCreate)
        {
            position = RowBuffer.Number(ref numbers, position, (ulong)message.Totals.BytesFromClient);
            position = RowBuffer.Number(ref numbers, position, (ulong)message.Totals.BytesFromServer);
            position = RowBuffer.Number(ref numbers, position, (ulong)message.Totals.PacketsFromClient);
            position = RowBuffer.Number(ref numbers, position, (ulong)message.Totals.PacketsFromServer);
        }
        row.Advance(position);
        _writeTexts.Write(row, message.Profile);
        _writeTexts.Write(row, message.Person);
        _writeExtras.Write(row, message.Extras);
        WriteNat(row, message.Nat, ref nat);
    }

    private void ReadMessage(ref RowReader row, ref SessionSlot slot, ref int nat)
    {
        var message = new MessageNode { Tag = ReadTag(ref row), Flags = ReadFlags(ref row) };
        long time = unchecked(row.ReadSigned() + slot.Start.Time);
        if (time is < 0 or > MessageNode.MaxTime) RowReader.Throw("a time is out of range");
        message.Time = time;
        message.Elapsed = row.ReadSigned();
        if (message.Elapsed is < MessageNode.NoElapsed or > MessageNode.MaxElapsed) RowReader.Throw("a time is out of range");
        if (!message.IsCreate) message.Totals = new Volume(ReadTotal(ref row), ReadTotal(ref row), ReadTotal(ref row), ReadTotal(ref row));
        ReadTexts(ref row, slot, ref message, ref nat);
        if (message.IsFloor)
        {
            if (slot.FirstMessage != 0) RowReader.Throw("a floor is not the first message");
            _store.Messages.Release(message);
            nat = 0;
            _store.Messages.RestoreFloor(ref slot, message.Time, message.Totals, message.ActiveMs);
            return;
        }
        if (_store.Messages.TryAppend(ref slot, message)) return;
        _store.Messages.Release(message);
        RowReader.Throw("messages are out of order");
    }

    private static EventTag ReadTag(ref RowReader row)
    {
        var tag = (EventTag)row.ReadByte();
        var message = new MessageNode { Tag = tag };
        if (!(message.IsFloor || message.IsKnown) || message.Tag != tag) RowReader.Throw("a message is of an unknown kind");
        return tag;
    }

    private static MessageFlags ReadFlags(ref RowReader row)
    {
        var flags = (MessageFlags)row.ReadByte();
        if ((flags & ~MessageFlags.All) != 0) RowReader.Throw("a message is of an unknown kind");
        return flags;
    }

    private void ReadTexts(ref RowReader row, in SessionSlot slot, ref MessageNode message, ref int nat)
    {
        try
        {
            message.Profile = ReadProfile(ref row);
            message.Person = ReadProfile(ref row, Profile.PersonFields, message.IsClose);
            message.Extras = _readExtras.Read(ref row);
            message.Nat = ReadNat(ref row, slot, ref nat);
        }
        catch (InvalidDataException)
        {
            _store.Messages.Release(message);
            throw;
        }
        if (!message.IsClose) return;
        ReadOnlySpan<byte> person = _store.Texts[message.Person];
        message.End = EndReasons.Parse(person[Profile.ReasonAt(person)..], out _);
    }

    private int ReadProfile(ref RowReader row) => ReadProfile(ref row, Profile.FirstPersonField, mayHaveReason: false);

    private int ReadProfile(ref RowReader row, int fields, bool mayHaveReason)
    {
        int id = _readTexts.Read(ref row);
        if (Profile.IsValid(_store.Texts[id], fields, mayHaveReason)) return id;
        _store.Texts.Release(id);
        RowReader.Throw("a profile is damaged");
        return 0;
    }

    // 0 for none, 1 for those of the last message before that has some, else 1 more than the bits of what follows.
    private void WriteNat(RowBuffer row, int id, ref int last)
    {
        if (id == 0 || id == last)
        {
            row.WriteByte(id == 0 ? (byte)0 : SameNat);
            return;
        }
        last = id;
        NatAddresses nat = _store.Messages.Nat(id);
        ref byte target = ref row.Room(1 + (6 * RowBuffer.MaxNumberBytes));
        target = (byte)(SameNat + (byte)nat.Present);
        int position = RowBuffer.Number(ref target, 1, nat.SourceAddress.High);
        position = RowBuffer.Number(ref target, position, nat.SourceAddress.Low);
        position = RowBuffer.Number(ref target, position, nat.SourcePort);
        position = RowBuffer.Number(ref target, position, nat.DestinationAddress.High);
        position = RowBuffer.Number(ref target, position, nat.DestinationAddress.Low);
        row.Advance(RowBuffer.Number(ref target, position, nat.DestinationPort));
    }

    private int ReadNat(ref RowReader row, in SessionSlot slot, ref int last)
    {
        byte kind = row.ReadByte();
        if (kind == 0) return 0;
        if (kind > SameNat + (byte)NatFields.All || (kind == SameNat && last == 0)) RowReader.Throw("a translation is damaged");
        NatAddresses nat = kind == SameNat ? _store.Messages.Nat(last) : ReadNat(ref row, (NatFields)(kind - SameNat));
        return last = _store.Messages.ShareNat(slot, nat);
    }

    private static NatAddresses ReadNat(ref RowReader row, NatFields present)
    {
        var source = new IpAddress(row.ReadNumber(), row.ReadNumber());
        var sourcePort = (ushort)row.ReadNumber(ushort.MaxValue);
        var destination = new IpAddress(row.ReadNumber(), row.ReadNumber());
        return new NatAddresses(source, destination, sourcePort, (ushort)row.ReadNumber(ushort.MaxValue), present);
    }

    private static long ReadTotal(ref RowReader row)
    {
        long total = (long)row.ReadNumber();
        if (total < 0) RowReader.Throw("a total is out of range");
        return total;
    }
}
