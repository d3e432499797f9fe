namespace FlowStream.Streams.Driver;

/// <summary>
/// A partition in memory: entries in a ring, their bytes in large chunks. Transactions end with a marker that takes an offset, and hold
/// the last stable offset until then, as in Kafka.
/// </summary>
internal sealed class InMemoryPartition
{
    // Large enough to hold many records, small enough that a partition with few costs little.
    private const int ChunkLength = 64 * 1024;

    // What a few commits' worth of records leave behind is used again; more is the garbage collector's.
    private const int SpareChunks = 256;

    private readonly Dictionary<long, long> _open = [];
    private LogEntry[] _ring = new LogEntry[64];
    private byte[] _chunk = [];
    private readonly Stack<byte[]> _spare = new();
    private int _chunkUsed;

    /// <summary>Whether what is appended is thrown away: nobody will read it.</summary>
    public bool IsDiscarded { get; init; }

    /// <summary>Offset of the first entry kept.</summary>
    public long StartOffset { get; private set; }

    /// <summary>Offset of the next entry: the high watermark.</summary>
    public long EndOffset { get; private set; }

    /// <summary>First offset of the earliest open transaction, or the end.</summary>
    public long LastStableOffset { get; private set; }

    /// <summary>The entry at an offset between start and end.</summary>
    public ref LogEntry this[long offset] => ref _ring[(int)(offset & (_ring.Length - 1))];

    /// <summary>Appends a record; <paramref name="producerId"/> is -1 outside of a transaction.</summary>
    public void Append(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long timestamp, IRecordHeaders? headers, long producerId)
    {
        if (IsDiscarded) return;
        var start = Reserve(key.Length + value.Length);
        key.CopyTo(_chunk.AsSpan(start));
        value.CopyTo(_chunk.AsSpan(start + key.Length));
        if (producerId >= 0) _open.TryAdd(producerId, EndOffset);
        ref var entry = ref Next();
        entry.Chunk = _chunk;
        entry.Start = start;
        entry.KeyLength = key.Length;
        entry.ValueLength = value.Length;
        entry.Timestamp = timestamp;
        entry.ProducerId = producerId;
        entry.Headers = headers;
        entry.State = LogEntryState.Data;
        if (_open.Count == 0) LastStableOffset = EndOffset;
    }

    /// <summary>Ends the producer's transaction here with a marker.</summary>
    public void EndTransaction(long producerId, bool commit)
    {
        if (!_open.Remove(producerId, out var first)) return;
        for (var offset = Math.Max(first, StartOffset); !commit && offset < EndOffset; offset++)
        {
            ref var aborted = ref this[offset];
            if (aborted.ProducerId == producerId) aborted.State = LogEntryState.Aborted;
        }

        ref var marker = ref Next();
        marker = new LogEntry { Chunk = [], ProducerId = producerId, State = LogEntryState.Marker };
        LastStableOffset = EndOffset;
        foreach (var offset in _open.Values) LastStableOffset = Math.Min(LastStableOffset, offset);
    }

    /// <summary>Forgets the entries below <paramref name="offset"/>.</summary>
    public void Trim(long offset)
    {
        offset = Math.Min(offset, EndOffset);
        byte[]? last = null;
        for (; StartOffset < offset; StartOffset++)
        {
            ref var entry = ref this[StartOffset];
            if (entry.Chunk.Length != 0 && !ReferenceEquals(last, entry.Chunk))
            {
                Recycle(last);
                last = entry.Chunk;
            }

            entry = default;
        }

        // The last one may hold entries that are kept.
    }

    private void Recycle(byte[]? chunk)
    {
        if (chunk?.Length == ChunkLength && _spare.Count < SpareChunks) _spare.Push(chunk);
    }

    private ref LogEntry Next()
    {
        if (EndOffset - StartOffset == _ring.Length) Grow();
        return ref this[EndOffset++];
    }

    private void Grow()
    {
        var old = _ring;
        var ring = new LogEntry[old.Length * 2];
        for (var offset = StartOffset; offset < EndOffset; offset++)
        {
            ring[(int)(offset & (ring.Length - 1))] = old[(int)(offset & (old.Length - 1))];
        }

        _ring = ring;
    }

    private int Reserve(int length)
    {
        if (_chunk.Length - _chunkUsed < length)
        {
            if (length > ChunkLength) _chunk = new byte[length];
            else if (!_spare.TryPop(out _chunk!)) _chunk = new byte[ChunkLength];
            _chunkUsed = 0;
        }

        var start = _chunkUsed;
        _chunkUsed += length;
        return start;
    }
}
