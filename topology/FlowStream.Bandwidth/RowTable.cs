using System.Runtime.InteropServices;

namespace FlowStream.Bandwidth;

/// <summary>
/// All rows of a task: found by series and window through a dictionary, chained by window, the windows in order of time. A row that is
/// known is found without allocation; free rows are used again.
/// </summary>
internal sealed class RowTable
{
    private readonly Dictionary<(int Series, long Window), int> _index = [];
    private readonly List<KeptWindow> _windows = [];
    private readonly Dictionary<int, EndReasonRow> _reasons = [];
    private readonly Stack<EndReasonRow> _freeReasons = [];
    private WindowRow[] _rows = new WindowRow[256];
    private int _free = -1;
    private int _used;

    /// <summary>The series of the rows.</summary>
    public SeriesTable Series { get; } = new();

    /// <summary>Those that are of top talkers.</summary>
    public TalkerRows Talkers { get; }

    /// <summary>Makes an empty table.</summary>
    /// <param name="topTalkers">Most pairs of addresses that have rows in a window and direction.</param>
    public RowTable(int topTalkers) => Talkers = new TalkerRows(this, topTalkers);

    /// <summary>Number of rows.</summary>
    public int Count => _index.Count;

    /// <summary>Bytes of memory held, estimated: a row, its entry in the index, the keys.</summary>
    public long MemoryBytes => (_rows.Length * 136L) + (_index.Count * 40L) + (_reasons.Count * 800L) + Series.MemoryBytes;

    /// <summary>The windows that have rows, oldest first.</summary>
    public ReadOnlySpan<KeptWindow> Windows => CollectionsMarshal.AsSpan(_windows);

    /// <summary>Row <paramref name="number"/>; valid until the next <see cref="Add"/>.</summary>
    public ref WindowRow this[int number] => ref _rows[number];

    /// <summary>The row of a key and window, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key, long window)
    {
        int series = Series.Find(key);
        return series >= 0 && _index.TryGetValue((series, window), out int number) ? number : -1;
    }

    /// <summary>Keys that the aggregation of <paramref name="key"/> has in <paramref name="window"/>.</summary>
    public int KeysBeside(ReadOnlySpan<byte> key, long window)
    {
        int place = FirstWindowFrom(window);
        bool isThere = place < _windows.Count && _windows[place].Index == window;
        return isThere ? _windows[place].Keys(Series.AggregationOf(key)) : 0;
    }

    /// <summary>Adds a row of zero sums for a key and window that have none.</summary>
    public int Add(ReadOnlySpan<byte> key, long window)
    {
        int place = FirstWindowFrom(window);
        if (place == _windows.Count || _windows[place].Index != window) _windows.Insert(place, new KeptWindow(window));
        KeptWindow kept = _windows[place];
        int number = TakeFree();
        int series = Series.AddRow(key);
        _rows[number] = new WindowRow { Series = series, Window = window, Next = kept.FirstRow };
        kept.FirstRow = number;
        kept.CountKey(Series.Aggregation(series), 1);
        _index.Add((series, window), number);
        Talkers.Added(number);
        return number;
    }

    /// <summary>The reasons of a row's ends, or null.</summary>
    public EndReasonRow? ReasonsOf(int number) => _reasons.GetValueOrDefault(number);

    /// <summary>The reasons of a row's ends, made when there are none.</summary>
    public EndReasonRow ReasonsToAdd(int number)
    {
        if (_reasons.TryGetValue(number, out EndReasonRow? reasons)) return reasons;
        if (_freeReasons.TryPop(out reasons)) reasons.Clear();
        else reasons = new EndReasonRow();
        _reasons.Add(number, reasons);
        return reasons;
    }

    /// <summary>Replaces the reasons of a row's ends.</summary>
    /// <param name="number">The row.</param>
    /// <param name="sums">The sums.</param>
    /// <param name="passed">Whether the longer windows have them.</param>
    public void SetReasons(int number, ReadOnlySpan<long> sums, bool passed)
    {
        if (_reasons.Remove(number, out EndReasonRow? old)) _freeReasons.Push(old);
        if (EndReasonSums.AreZero(sums)) return;
        EndReasonRow reasons = ReasonsToAdd(number);
        sums.CopyTo(reasons.Sums);
        if (passed) sums.CopyTo(reasons.Passed);
    }

    /// <summary>Removes a row.</summary>
    public void Remove(int number)
    {
        ref WindowRow row = ref _rows[number];
        int place = FirstWindowFrom(row.Window);
        KeptWindow kept = _windows[place];
        Unchain(kept, number);
        Talkers.Removed(number);
        kept.CountKey(Series.Aggregation(row.Series), -1);
        if (kept.FirstRow < 0)
        {
            _windows.RemoveAt(place);
            Talkers.Forget(kept.Index);
        }
        _index.Remove((row.Series, row.Window));
        if (_reasons.Remove(number, out EndReasonRow? reasons)) _freeReasons.Push(reasons);
        Series.RemoveRow(row.Series);
        row = new WindowRow { Series = -1, Next = _free };
        _free = number;
    }

    /// <summary>Position among <see cref="Windows"/> of the first that is not before <paramref name="window"/>.</summary>
    public int FirstWindowFrom(long window)
    {
        int low = 0, high = _windows.Count;
        // The latest window is the one that most rows are added to.
        if (high > 0 && _windows[high - 1].Index < window) return high;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_windows[middle].Index < window) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _index.Clear();
        Talkers.Clear();
        _reasons.Clear();
        _windows.Clear();
        Series.Clear();
        _free = -1;
        _used = 0;
    }

    private int TakeFree()
    {
        if (_free < 0)
        {
            if (_used == _rows.Length) Array.Resize(ref _rows, _used * 2);
            return _used++;
        }
        int number = _free;
        _free = _rows[number].Next;
        return number;
    }

    private void Unchain(KeptWindow kept, int number)
    {
        int next = _rows[number].Next;
        if (kept.FirstRow == number)
        {
            kept.FirstRow = next;
            return;
        }
        int before = kept.FirstRow;
        while (_rows[before].Next != number) before = _rows[before].Next;
        _rows[before].Next = next;
    }
}
