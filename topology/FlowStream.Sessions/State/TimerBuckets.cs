namespace FlowStream.Sessions.State;

/// <summary>
/// Buckets of slot numbers in chunks. All but the first chunk of a bucket are full, so adding and taking out touch the first one and the
/// place itself, and a bucket is walked without waiting for one slot to tell the next.
/// </summary>
internal sealed class TimerBuckets
{
    // A place is the number of its chunk and the index in it.
    private const int IndexBits = 4;

    private readonly PagedArray<TimerChunk> _chunks = new();
    private readonly int[] _first;
    private readonly int[] _used;

    /// <summary>Makes <paramref name="count"/> empty buckets.</summary>
    public TimerBuckets(int count)
    {
        _first = new int[count];
        _used = new int[count];
    }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _chunks.MemoryBytes;

    /// <summary>Adds slot <paramref name="slot"/>; returns its place.</summary>
    public int Add(int bucket, int slot)
    {
        ref int first = ref _first[bucket];
        ref int used = ref _used[bucket];
        if (first == 0 || used == TimerChunk.Capacity)
        {
            int added = _chunks.Rent();
            _chunks[added].Next = first;
            first = added;
            used = 0;
        }
        _chunks[first].Slots[used] = slot;
        return (first << IndexBits) | used++;
    }

    /// <summary>
    /// Takes out what stands at <paramref name="place"/>. The slot that is returned stands there from then on, or stood there last.
    /// </summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="place">A place in it.</param>
    /// <param name="empty">True when it was the last one.</param>
    public int TakeOut(int bucket, int place, out bool empty)
    {
        ref int first = ref _first[bucket];
        ref TimerChunk chunk = ref _chunks[first];
        int last = chunk.Slots[--_used[bucket]];
        _chunks[place >> IndexBits].Slots[place & ((1 << IndexBits) - 1)] = last;
        if (_used[bucket] == 0)
        {
            int next = chunk.Next;
            _chunks.Return(first);
            first = next;
            _used[bucket] = TimerChunk.Capacity;
        }
        empty = first == 0;
        return last;
    }

    /// <summary>Empties a bucket: returns its first chunk, for <see cref="Read"/>, and how many numbers that one holds.</summary>
    public int TakeAll(int bucket, out int used)
    {
        int first = _first[bucket];
        used = _used[bucket];
        _first[bucket] = 0;
        return first;
    }

    /// <summary>The numbers of the first chunk of a bucket, at most <see cref="TimerChunk.Capacity"/>.</summary>
    public ReadOnlySpan<int> Peek(int bucket) => _first[bucket] == 0 ? [] : Read(_first[bucket], _used[bucket]);

    /// <summary>The first <paramref name="used"/> numbers of a chunk.</summary>
    public ReadOnlySpan<int> Read(int chunk, int used)
    {
        ReadOnlySpan<int> numbers = _chunks[chunk].Slots;
        return numbers[..used];
    }

    /// <summary>The chunk after one, or 0; that one comes into the cache.</summary>
    public int After(int chunk)
    {
        int next = _chunks[chunk].Next;
        _chunks.Prefetch(next);
        return next;
    }

    /// <summary>Gives back a chunk of <see cref="TakeAll"/>.</summary>
    public void Return(int chunk) => _chunks.Return(chunk);

    /// <summary>Fetches into the cache what taking out of <paramref name="place"/> touches.</summary>
    public void Prefetch(int place) => _chunks.Prefetch(place >> IndexBits);
}
