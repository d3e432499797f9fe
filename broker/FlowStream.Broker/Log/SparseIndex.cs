namespace FlowStream.Broker.Log;

/// <summary>
/// Offset and time index of one segment in one array: every so many bytes of log one entry of 16 bytes, ascending in all three fields.
/// One writer appends; readers need no lock: an entry is in place before the count admits it.
/// </summary>
internal sealed class SparseIndex
{
    private IndexEntry[] _entries;
    private int _count;

    /// <summary>Creates an index with what is known already.</summary>
    public SparseIndex(ReadOnlySpan<IndexEntry> entries)
    {
        _entries = entries.ToArray();
        _count = entries.Length;
    }

    /// <summary>The entries there are now.</summary>
    public ReadOnlySpan<IndexEntry> Entries
    {
        get
        {
            int count = Volatile.Read(ref _count);
            return Volatile.Read(ref _entries).AsSpan(0, count);
        }
    }

    /// <summary>Adds an entry if the last one is far enough behind.</summary>
    public void Consider(int relativeOffset, int position, long maxTimestampBefore, int interval)
    {
        int last = _count == 0 ? 0 : _entries[_count - 1].Position;
        if (position - last < interval)
            return;
        if (_count == _entries.Length)
        {
            var larger = new IndexEntry[Math.Max(16, _count * 2)];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }
        _entries[_count] = new IndexEntry(relativeOffset, position, maxTimestampBefore);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Gives back what growth took too much; for a segment that is closed.</summary>
    public void Trim() => Volatile.Write(ref _entries, _entries.AsSpan(0, _count).ToArray());

    /// <summary>A position at or before the batch that holds the offset.</summary>
    public int PositionForOffset(long relativeOffset)
    {
        var entries = Entries;
        int low = 0;
        for (int high = entries.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle].RelativeOffset <= relativeOffset)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? 0 : entries[low - 1].Position;
    }

    /// <summary>A position before which all timestamps are smaller.</summary>
    public int PositionForTimestamp(long timestamp)
    {
        var entries = Entries;
        int low = 0;
        for (int high = entries.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle].MaxTimestampBefore < timestamp)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? 0 : entries[low - 1].Position;
    }
}
