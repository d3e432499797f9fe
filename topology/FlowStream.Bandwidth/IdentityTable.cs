using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// Numbers identities in the order in which they come: open addressing. Allocates only while it grows; clearing keeps the memory.
/// </summary>
internal sealed class IdentityTable
{
    private int[] _buckets = new int[1024];
    private DimensionsIdentity[] _identities = new DimensionsIdentity[512];

    /// <summary>Number of identities.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => (_buckets.Length * 4L) + (_identities.Length * 16L);

    /// <summary>The number of <paramref name="identity"/>, which is <see cref="Count"/> before the call when it was not there.</summary>
    public int FindOrAdd(in DimensionsIdentity identity)
    {
        uint mask = (uint)_buckets.Length - 1;
        for (uint bucket = (uint)identity.High & mask; ; bucket = (bucket + 1) & mask)
        {
            int number = _buckets[bucket] - 1;
            if (number < 0) return Add(identity, bucket);
            if (_identities[number] == identity) return number;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        Count = 0;
    }

    private int Add(in DimensionsIdentity identity, uint bucket)
    {
        if (Count == _identities.Length) Array.Resize(ref _identities, Count * 2);
        _identities[Count] = identity;
        _buckets[bucket] = ++Count;
        if (Count * 2 > _buckets.Length) Grow();
        return Count - 1;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        uint mask = (uint)_buckets.Length - 1;
        for (int number = 0; number < Count; number++)
        {
            uint bucket = (uint)_identities[number].High & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = number + 1;
        }
    }
}
