using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// An array of structs that grows by whole pages, so growing copies nothing and references to items stay valid. Items are addressed by
/// number from 1; 0 stands for none. Freed numbers are handed out again, last freed first.
/// </summary>
/// <remarks>
/// Pages begin on a cache line: items of 32, 64 or 128 bytes lie on as few lines as their size allows. Most items are found cold, so lines
/// are what an access costs. References to items are valid as long as the array is.
/// </remarks>
/// <typeparam name="T">A struct without references: the garbage collector never looks inside a page.</typeparam>
internal sealed unsafe class PagedArray<T>
    where T : unmanaged
{
    // The least power of two that fills a large page of the processor. The first page of items lies on small ones: few items take little
    // memory.
    private static readonly int PageSize = (int)BitOperations.RoundUpToPowerOf2((uint)(MemoryBlock.LargePageBytes / sizeof(T)));
    private static readonly int PageBits = BitOperations.Log2((uint)PageSize);

    private readonly List<MemoryBlock> _blocks = [];
    private nint[] _pages = new nint[16];
    private int[] _free = new int[64];
    private int _freeCount;

    /// <summary>Highest number handed out so far.</summary>
    public int High { get; private set; }

    /// <summary>Number of items in use.</summary>
    public int Count => High - _freeCount;

    /// <summary>Bytes of the items handed out so far and of the free list.</summary>
    public long MemoryBytes => ((long)High * sizeof(T)) + ((long)_free.Length * sizeof(int));

    /// <summary>Item <paramref name="id"/>, which was handed out before.</summary>
    public ref T this[int id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref ((T*)_pages[id >> PageBits])[id & (PageSize - 1)];
    }

    /// <summary>Fetches item <paramref name="id"/> into the cache; nothing for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int id)
    {
        if (id != 0) CacheLine.Prefetch(ref this[id]);
    }

    /// <summary>Fetches the line of item <paramref name="id"/>, which is not 0, that holds its byte <paramref name="offset"/>.</summary>
    // The address is computed: that of a field would be tested by a load, which waits for what is only to be asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLine(int id, int offset) =>
        CacheLine.Prefetch(ref ((byte*)_pages[id >> PageBits])[((id & (PageSize - 1)) * sizeof(T)) + offset]);

    /// <summary>Hands out a number; its item holds what the last user left, and zeroes when it is new.</summary>
    public int Rent()
    {
        if (_freeCount > 0)
        {
            int freed = _free[--_freeCount];
            // Freed long ago, mostly: the one that is handed out next comes while this one is used.
            if (_freeCount > 0) Prefetch(_free[_freeCount - 1]);
            return freed;
        }
        int id = ++High;
        if (id >> PageBits >= _blocks.Count) AddPage();
        this[id] = default;
        return id;
    }

    /// <summary>Takes a number back.</summary>
    public void Return(int id)
    {
        if (_freeCount == _free.Length) Array.Resize(ref _free, _free.Length * 2);
        _free[_freeCount++] = id;
    }

    private void AddPage()
    {
        if (_blocks.Count == _pages.Length) Array.Resize(ref _pages, _pages.Length * 2);
        var block = new MemoryBlock((long)PageSize * sizeof(T), largePages: _blocks.Count > 0);
        _pages[_blocks.Count] = block.Address;
        _blocks.Add(block);
    }
}
