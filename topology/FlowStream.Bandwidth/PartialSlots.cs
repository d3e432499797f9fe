using System.Runtime.InteropServices;

namespace FlowStream.Bandwidth;

/// <summary>
/// The slots of all series and windows touched since the last drain, found by open addressing over the pair. The slots of one series are
/// chained in the order in which they came. Allocates only while it grows; clearing keeps the memory.
/// </summary>
internal sealed class PartialSlots
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly List<int> _touched = [];
    private int[] _buckets = new int[512];
    private PartialSlot[] _slots = new PartialSlot[256];
    private (int First, int Last, int Round)[] _chains = new (int, int, int)[128];
    private int _round = 1;

    /// <summary>Number of slots.</summary>
    public int Count { get; private set; }

    /// <summary>The series that have slots, in the order of their first.</summary>
    public ReadOnlySpan<int> Touched => CollectionsMarshal.AsSpan(_touched);

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => (_buckets.Length * 4L) + (_slots.Length * 112L) + (_chains.Length * 12L) + (_touched.Capacity * 4L);

    /// <summary>Slot <paramref name="index"/>; valid until the next <see cref="FindOrAdd"/>.</summary>
    public ref PartialSlot this[int index] => ref _slots[index];

    /// <summary>The first slot of a series that has one.</summary>
    public int First(int series) => _chains[series].First;

    /// <summary>The slot of <paramref name="series"/> and <paramref name="window"/>, with sums of zero when it was not there.</summary>
    public ref PartialSlot FindOrAdd(int series, long window)
    {
        uint mask = (uint)_buckets.Length - 1;
        for (uint bucket = Hash(series, window) & mask; ; bucket = (bucket + 1) & mask)
        {
            int index = _buckets[bucket] - 1;
            if (index < 0) return ref Add(series, window, bucket);
            ref PartialSlot slot = ref _slots[index];
            if (slot.Window == window && slot.Series == series) return ref slot;
        }
    }

    /// <summary>Forgets all slots.</summary>
    public void Clear()
    {
        Array.Clear(_buckets);
        _touched.Clear();
        Count = 0;
        _round++;
    }

    private static uint Hash(int series, long window) => (uint)((((ulong)window << 20) ^ (ulong)series) * Multiplier >> 32);

    private ref PartialSlot Add(int series, long window, uint bucket)
    {
        if (Count == _slots.Length) Array.Resize(ref _slots, Count * 2);
        if (series >= _chains.Length) Array.Resize(ref _chains, Math.Max(_chains.Length * 2, series + 1));
        int index = Count++;
        _slots[index] = new PartialSlot { Series = series, Window = window, Next = -1 };
        ref (int First, int Last, int Round) chain = ref _chains[series];
        if (chain.Round == _round)
        {
            _slots[chain.Last].Next = index;
            chain.Last = index;
        }
        else
        {
            chain = (index, index, _round);
            _touched.Add(series);
        }
        _buckets[bucket] = Count;
        if (Count * 2 > _buckets.Length) Grow();
        return ref _slots[index];
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        uint mask = (uint)_buckets.Length - 1;
        for (int index = 0; index < Count; index++)
        {
            uint bucket = Hash(_slots[index].Series, _slots[index].Window) & mask;
            while (_buckets[bucket] != 0) bucket = (bucket + 1) & mask;
            _buckets[bucket] = index + 1;
        }
    }
}
