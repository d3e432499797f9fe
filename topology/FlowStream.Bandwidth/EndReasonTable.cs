using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>Sessions that ended, by window and reason, since the last drain. Keeps its memory.</summary>
internal sealed class EndReasonTable
{
    private readonly Dictionary<long, int> _places = [];
    private readonly List<long[]> _sums = [];
    private long _lastWindow = -1;
    private int _last;

    /// <summary>Bytes of memory held, estimated.</summary>
    public long MemoryBytes => _sums.Count * ((EndReasonSums.Count * 8L) + 60);

    /// <summary>Adds to the sum of <paramref name="reason"/>.</summary>
    public void Add(long window, EndReason reason, int number)
    {
        if (window != _lastWindow) Find(window);
        _sums[_last][(int)reason] += number;
    }

    /// <summary>The sums of a window; empty when it has none.</summary>
    public ReadOnlySpan<long> Of(long window) => _places.TryGetValue(window, out int place) ? _sums[place] : default;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _places.Clear();
        _lastWindow = -1;
    }

    private void Find(long window)
    {
        if (!_places.TryGetValue(window, out _last))
        {
            _last = _places.Count;
            _places.Add(window, _last);
            if (_last == _sums.Count) _sums.Add(new long[EndReasonSums.Count]);
            else Array.Clear(_sums[_last]);
        }
        _lastWindow = window;
    }
}
