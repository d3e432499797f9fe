using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// An array of structs that grows by whole pages, so growing copies nothing and references to items stay valid. Items are addressed by
/// number from 1; 0 stands for none. Freed numbers are handed out again, last freed first.
/// </summary>
/// <remarks>
/// Pages begin on a cache line and stay there: items of 32, 64 or 128 bytes lie on as few lines as their size allows. Most items are
/// found cold, so lines are what an access costs.
/// </remarks>
/// <typeparam name="T">A struct without references: the garbage collector then never looks inside a page.</typeparam>
internal sealed class PagedArray<T>
    where T : unmanaged
{
    // 1024 items: a page of the largest item is 128 KiB, allocated once and never moved.
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private Page[] _pages = new Page[16];
    private int _pageCount;
    private int[] _free = new int[64];
    private int _freeCount;

    /// <summary>Highest number handed out so far.</summary>
    public int High { get; private set; }

    /// <summary>Number of items in use.</summary>
    public int Count => High - _freeCount;

    /// <summary>Bytes held by pages and the free list.</summary>
    public long MemoryBytes => (_pageCount * PageBytes) + ((long)_free.Length * sizeof(int));

    /// <summary>Item <paramref name="id"/>, which was handed out before.</summary>
    public ref T this[int id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref Page page = ref _pages[id >> PageBits];
            ref byte first = ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(page.Bytes), page.Start);
            return ref Unsafe.Add(ref Unsafe.As<byte, T>(ref first), id & (PageSize - 1));
        }
    }

    /// <summary>Fetches item <paramref name="id"/> into the cache; nothing for 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int id)
    {
        if (id != 0) CacheLine.Prefetch(ref this[id]);
    }

    /// <summary>Hands out a number; its item holds what the last user left.</summary>
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
        if (id >> PageBits >= _pageCount) AddPage();
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
        if (_pageCount == _pages.Length) Array.Resize(ref _pages, _pages.Length * 2);
        byte[] bytes = GC.AllocateArray<byte>((int)PageBytes, pinned: true);
        long address = Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
        _pages[_pageCount++] = new Page(bytes, (nint)(-address & (CacheLine.Bytes - 1)));
    }

    private static long PageBytes => (PageSize * Unsafe.SizeOf<T>()) + CacheLine.Bytes;

    private readonly record struct Page(byte[] Bytes, nint Start);
}
