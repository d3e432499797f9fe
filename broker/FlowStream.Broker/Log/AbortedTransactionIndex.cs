namespace FlowStream.Broker.Log;

/// <summary>
/// The aborted transactions of a log, in the order of their markers. One writer appends; readers need no lock: an entry is in place before
/// the count admits it, and a grown array is published before the count that needs it.
/// </summary>
internal sealed class AbortedTransactionIndex
{
    private AbortedTransaction[] _entries;
    private int _count;

    /// <summary>Creates an index with entries in the order of their markers.</summary>
    public AbortedTransactionIndex(ReadOnlySpan<AbortedTransaction> entries)
    {
        _entries = entries.ToArray();
        _count = entries.Length;
    }

    /// <summary>The entries there are now.</summary>
    public ReadOnlySpan<AbortedTransaction> Entries
    {
        get
        {
            int count = Volatile.Read(ref _count);
            return Volatile.Read(ref _entries).AsSpan(0, count);
        }
    }

    /// <summary>Adds an entry; its marker must be newer than all others.</summary>
    public void Add(in AbortedTransaction entry)
    {
        if (_count == _entries.Length)
        {
            var larger = new AbortedTransaction[Math.Max(4, _count * 2)];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }
        _entries[_count] = entry;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The entries that may concern data read from an offset up to another, by first offset.</summary>
    public IReadOnlyList<AbortedTransaction> Between(long from, long upTo)
    {
        var entries = Entries;
        List<AbortedTransaction>? found = null;
        for (int i = FirstWithMarkerFrom(entries, from); i < entries.Length; i++)
        {
            if (entries[i].FirstOffset < upTo)
                (found ??= []).Add(entries[i]);
            // All transactions that began before it had ended by then.
            if (entries[i].LastStableOffset >= upTo)
                break;
        }
        found?.Sort(static (a, b) => a.FirstOffset.CompareTo(b.FirstOffset));
        return found is null ? [] : found;
    }

    /// <summary>Whether a producer's batch at an offset was aborted.</summary>
    public bool IsAborted(long producerId, long offset)
    {
        var entries = Entries;
        for (int i = FirstWithMarkerFrom(entries, offset); i < entries.Length; i++)
        {
            if (entries[i].ProducerId == producerId && entries[i].FirstOffset <= offset)
                return true;
            if (entries[i].LastStableOffset > offset)
                break;
        }
        return false;
    }

    private static int FirstWithMarkerFrom(ReadOnlySpan<AbortedTransaction> entries, long offset)
    {
        int low = 0;
        for (int high = entries.Length; low < high;)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle].LastOffset < offset)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
