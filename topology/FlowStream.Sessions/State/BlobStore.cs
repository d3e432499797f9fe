namespace FlowStream.Sessions.State;

/// <summary>
/// Byte strings held once however many sessions carry them (policy, zones, user: few values, many sessions), counted by reference and
/// freed with the last. Number 0 is the empty string and needs no counting.
/// </summary>
internal sealed class BlobStore
{
    private readonly PagedArray<BlobEntry> _entries = new();
    private readonly BlobAllocator _allocator = new();
    private readonly ulong _seed;
    private int[] _buckets = new int[1024];

    public BlobStore(ulong seed) => _seed = seed;

    /// <summary>Number of byte strings held.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _entries.MemoryBytes + _allocator.MemoryBytes + ((long)_buckets.Length * sizeof(int));

    /// <summary>The number of <paramref name="content"/>, with one more reference to it.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="suffixLength">Room for bytes derived from the content, see <see cref="Suffix"/>.</param>
    /// <param name="added">True when it was not held: the caller then fills the suffix.</param>
    public int Intern(ReadOnlySpan<byte> content, int suffixLength, out bool added)
    {
        added = false;
        if (content.IsEmpty) return 0;
        ulong hash = ByteHash.Of(content, _seed);
        for (int id = _buckets[(int)hash & (_buckets.Length - 1)]; id != 0;)
        {
            ref BlobEntry entry = ref _entries[id];
            if (entry.Hash == hash && content.SequenceEqual(Content(entry)))
            {
                entry.References++;
                return id;
            }
            id = entry.Next;
        }
        added = true;
        return Add(content, suffixLength, hash);
    }

    /// <summary>The number of <paramref name="content"/>, with one more reference to it.</summary>
    public int Intern(ReadOnlySpan<byte> content) => Intern(content, 0, out _);

    /// <summary>One more holder of <paramref name="id"/>.</summary>
    public void AddReference(int id)
    {
        if (id != 0) _entries[id].References++;
    }

    /// <summary>One holder of <paramref name="id"/> less; the last one frees it.</summary>
    public void Release(int id)
    {
        if (id == 0) return;
        ref BlobEntry entry = ref _entries[id];
        if (--entry.References > 0) return;
        ref int link = ref _buckets[(int)entry.Hash & (_buckets.Length - 1)];
        while (link != id) link = ref _entries[link].Next;
        link = entry.Next;
        _allocator.Free(entry.Chunk, entry.Offset, entry.Length + entry.SuffixLength);
        _entries.Return(id);
    }

    /// <summary>The bytes of <paramref name="id"/>; valid while it has a holder.</summary>
    public ReadOnlySpan<byte> this[int id] => id == 0 ? default : Content(_entries[id]);

    /// <summary>The hash of the bytes of <paramref name="id"/>, under this store's seed.</summary>
    public ulong HashOf(int id) => id == 0 ? 0 : _entries[id].Hash;

    /// <summary>The bytes of <paramref name="id"/>; valid while it has a holder.</summary>
    public ReadOnlyMemory<byte> Memory(int id)
    {
        if (id == 0) return default;
        ref BlobEntry entry = ref _entries[id];
        return _allocator.Memory(entry.Chunk, entry.Offset, entry.Length);
    }

    /// <summary>Where the bytes of <paramref name="id"/>, which is not 0, lie; valid while it has a holder.</summary>
    public ArraySegment<byte> Segment(int id)
    {
        ref BlobEntry entry = ref _entries[id];
        return _allocator.Segment(entry.Chunk, entry.Offset, entry.Length);
    }

    /// <summary>The bytes of <paramref name="id"/>, which is not 0, and after them those kept beside it.</summary>
    public ArraySegment<byte> WithSuffix(int id, out int length)
    {
        ref BlobEntry entry = ref _entries[id];
        length = entry.Length;
        return _allocator.Segment(entry.Chunk, entry.Offset, entry.Length + entry.SuffixLength);
    }

    /// <summary>The bytes kept beside <paramref name="id"/>.</summary>
    public Span<byte> Suffix(int id)
    {
        if (id == 0) return default;
        ref BlobEntry entry = ref _entries[id];
        return _allocator.Span(entry.Chunk, entry.Offset + entry.Length, entry.SuffixLength);
    }

    private ReadOnlySpan<byte> Content(in BlobEntry entry) => _allocator.Span(entry.Chunk, entry.Offset, entry.Length);

    private int Add(ReadOnlySpan<byte> content, int suffixLength, ulong hash)
    {
        if (_entries.Count >= _buckets.Length) Grow();
        (int chunk, int offset) = _allocator.Allocate(content.Length + suffixLength);
        content.CopyTo(_allocator.Span(chunk, offset, content.Length));
        int id = _entries.Rent();
        ref int bucket = ref _buckets[(int)hash & (_buckets.Length - 1)];
        _entries[id] = new BlobEntry
        {
            Hash = hash,
            Next = bucket,
            References = 1,
            Chunk = chunk,
            Offset = offset,
            Length = content.Length,
            SuffixLength = suffixLength,
        };
        bucket = id;
        return id;
    }

    private void Grow()
    {
        int[] old = _buckets;
        _buckets = new int[old.Length * 2];
        foreach (int head in old)
        {
            for (int id = head; id != 0;)
            {
                ref BlobEntry entry = ref _entries[id];
                int next = entry.Next;
                ref int bucket = ref _buckets[(int)entry.Hash & (_buckets.Length - 1)];
                entry.Next = bucket;
                bucket = id;
                id = next;
            }
        }
    }
}
