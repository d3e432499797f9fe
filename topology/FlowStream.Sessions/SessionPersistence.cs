using System.Buffers;
using System.Buffers.Binary;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// Writes and restores the state of a join: changelog rows and snapshots. A row's key is one byte for its kind, then the session's identity
/// and anchor; one row of its own holds the stream time.
/// </summary>
internal sealed class SessionPersistence
{
    private const byte TimeRow = 0;
    private const byte SessionRow = 1;

    // "FSJ" and the version of the snapshot.
    private const uint Magic = 0x46534A03;

    private const int SlotsAhead = 6;
    private const int MessagesAhead = 4;
    private const int BeyondAhead = 2;

    private readonly SessionStore _store;
    private readonly SessionRows _rows;
    private readonly RowBuffer _key = new();
    private readonly RowBuffer _value = new();
    private readonly RowBuffer _deleted = new();
    private int[] _dirty = new int[256];
    private int _dirtyCount;
    private long _writtenTime = long.MinValue;

    public SessionPersistence(SessionStore store, SessionOptions options)
    {
        _store = store;
        _rows = new SessionRows(store, options);
    }

    /// <summary>Notes that session <paramref name="id"/> has changed.</summary>
    public void Touch(int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        if (slot.Dirty) return;
        slot.Dirty = true;
        if (_dirtyCount == _dirty.Length) Array.Resize(ref _dirty, _dirtyCount * 2);
        _dirty[_dirtyCount++] = id;
    }

    /// <summary>Notes that session <paramref name="id"/> is about to be forgotten.</summary>
    public void Forget(int id)
    {
        if (!_store.Slots[id].Persisted) return;
        WriteKey(id);
        _deleted.WriteBytes(_key.Written);
    }

    /// <summary>
    /// Writes every row that changed since the last call and still stands; a session begun and forgotten in between has none.
    /// </summary>
    public void Collect(IStateWriter writer, long streamTime)
    {
        var deleted = new RowReader(_deleted.Written);
        while (!deleted.AtEnd) writer.Delete(deleted.ReadBytes());
        _deleted.Clear();
        for (int i = 0; i < _dirtyCount; i++)
        {
            // A slot may have been freed and rented again since: its row is written once, under what it is now.
            PrefetchAhead(i);
            ref SessionSlot slot = ref _store.Slots[_dirty[i]];
            if (!slot.Dirty) continue;
            slot.Dirty = false;
            slot.Persisted = true;
            WriteKey(_dirty[i]);
            _value.Clear();
            _rows.BeginScope();
            _rows.WriteValue(_value, _dirty[i]);
            writer.Put(_key.Written, _value.Written);
        }
        _dirtyCount = 0;
        if (streamTime == _writtenTime) return;
        _writtenTime = streamTime;
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, streamTime);
        writer.Put([TimeRow], time);
    }

    /// <summary>Takes one row; an empty value deletes.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The stream time, when the row holds that.</returns>
    /// <exception cref="InvalidDataException">The row is damaged or of another version.</exception>
    public long? Restore(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.SequenceEqual([TimeRow]))
        {
            if (value.Length != sizeof(long)) RowReader.Throw("the stream time has a wrong length");
            return _writtenTime = BinaryPrimitives.ReadInt64BigEndian(value);
        }
        if (key.IsEmpty || key[0] != SessionRow) RowReader.Throw("a row is of an unknown kind");
        if (value.IsEmpty) RestoreDeletion(key[1..]);
        else RestoreSession(key[1..], value);
        return null;
    }

    /// <summary>Writes everything.</summary>
    public void WriteSnapshot(IBufferWriter<byte> snapshot, long streamTime)
    {
        _rows.BeginScope();
        _value.Clear();
        _value.WriteFixed(Magic);
        _value.WriteSigned(streamTime);
        _value.WriteNumber((ulong)_store.Slots.Count);
        for (int id = 1; id <= _store.Slots.High; id++)
        {
            if (_store.Slots[id].Phase == SessionPhase.Free) continue;
            _key.Clear();
            _rows.WriteIdentity(_key, id);
            _value.WriteBytes(_key.Written);
            _rows.WriteValue(_value, id);
            snapshot.Write(_value.Written);
            _value.Clear();
        }
        snapshot.Write(_value.Written);
    }

    /// <summary>Reads what <see cref="WriteSnapshot"/> wrote into an empty store, and returns its stream time.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another version; the store is then to be thrown away.</exception>
    public long ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        var row = new RowReader(snapshot);
        if (row.ReadFixed() != Magic) RowReader.Throw("it is no snapshot of this version");
        _writtenTime = row.ReadSigned();
        try
        {
            for (int count = row.ReadNumber(int.MaxValue); count > 0; count--) ReadSession(row.ReadBytes(), ref row);
            if (!row.AtEnd) RowReader.Throw("a snapshot is too long");
        }
        finally
        {
            _rows.EndScope();
        }
        return _writtenTime;
    }

    // Touched over a whole transaction, most slots are cold again; a row takes about as long to write as a line to come.
    private void PrefetchAhead(int at)
    {
        if (at + SlotsAhead < _dirtyCount) _store.Slots.Prefetch(_dirty[at + SlotsAhead]);
        if (at + MessagesAhead < _dirtyCount) _store.Messages.Prefetch(_store.Slots[_dirty[at + MessagesAhead]].FirstMessage);
        if (at + BeyondAhead >= _dirtyCount) return;
        int first = _store.Slots[_dirty[at + BeyondAhead]].FirstMessage;
        if (first != 0) _store.Messages.PrefetchBeyond(first);
    }

    private void RestoreDeletion(ReadOnlySpan<byte> identity)
    {
        int existing = _rows.Find(identity, out _, out _, out _);
        if (existing != 0) _store.Remove(existing);
    }

    private void RestoreSession(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> value)
    {
        var row = new RowReader(value);
        try
        {
            int id = ReadSession(identity, ref row);
            if (row.AtEnd) return;
            _store.Remove(id);
            RowReader.Throw("a row is too long");
        }
        finally
        {
            _rows.EndScope();
        }
    }

    private int ReadSession(ReadOnlySpan<byte> identity, ref RowReader row)
    {
        int id = _rows.Read(identity, ref row);
        _store.Slots[id].Persisted = true;
        return id;
    }

    private void WriteKey(int id)
    {
        _key.Clear();
        _key.WriteByte(SessionRow);
        _rows.WriteIdentity(_key, id);
    }
}
