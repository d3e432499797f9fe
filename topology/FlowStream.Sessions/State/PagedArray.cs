using System.Runtime.CompilerServices;

namespace FlowStream.Sessions.State;

/// <summary>
/// An array of structs that grows by whole pages, so growing copies nothing and references to items stay valid. Items are addressed by
/// number from 1; 0 stands for none. Freed numbers are handed out again, last freed first.
/// </summary>
/// <typeparam name="T">A struct without references: the garbage collector then never looks inside a page.</typeparam>
internal sealed class PagedArray<T>
    where T : unmanaged
{
    // 1024 items: a page of the largest item is about 130 KiB, allocated once on the large object heap and never moved.
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private T[][] _pages = new T[16][];
    private int _pageCount;
    private int[] _free = new int[64];
    private int _freeCount;

    /// <summary>Highest number handed out so far.</summary>
    public int High { get; private set; }

    /// <summary>Number of items in use.</summary>
    public int Count => High - _freeCount;

    /// <summary>Bytes held by pages and the free list.</summary>
    public long MemoryBytes => ((long)_pageCount * PageSize * Unsafe.SizeOf<T>()) + ((long)_free.Length * sizeof(int));

    /// <summary>Item <paramref name="id"/>, which was handed out before.</summary>
    public ref T this[int id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[id >> PageBits][id & (PageSize - 1)];
    }

    /// <summary>Hands out a number; its item holds what the last user left.</summary>
    public int Rent()
    {
        if (_freeCount > 0) return _free[--_freeCount];
        int id = ++High;
        EnsurePage(id >> PageBits);
        return id;
    }

    /// <summary>Makes item <paramref name="id"/> addressable without handing it out: for arrays that run beside another.</summary>
    public void Ensure(int id)
    {
        if (id <= High) return;
        High = id;
        EnsurePage(id >> PageBits);
    }

    /// <summary>Takes a number back.</summary>
    public void Return(int id)
    {
        if (_freeCount == _free.Length) Array.Resize(ref _free, _free.Length * 2);
        _free[_freeCount++] = id;
    }

    private void EnsurePage(int page)
    {
        while (_pageCount <= page)
        {
            if (_pageCount == _pages.Length) Array.Resize(ref _pages, _pages.Length * 2);
            _pages[_pageCount++] = new T[PageSize];
        }
    }
}
