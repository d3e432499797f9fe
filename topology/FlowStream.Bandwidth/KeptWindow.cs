namespace FlowStream.Bandwidth;

/// <summary>One window that has rows.</summary>
internal sealed class KeptWindow(long index)
{
    private int[] _keys = new int[2];

    /// <summary>Number of the window.</summary>
    public long Index { get; } = index;

    /// <summary>The first of its rows, or -1.</summary>
    public int FirstRow { get; set; } = -1;

    /// <summary>Keys that <paramref name="aggregation"/> has in it.</summary>
    public int Keys(int aggregation) => aggregation < _keys.Length ? _keys[aggregation] : 0;

    /// <summary>Counts one key more of <paramref name="aggregation"/>, or one less.</summary>
    public void CountKey(int aggregation, int change)
    {
        if (aggregation >= _keys.Length) Array.Resize(ref _keys, aggregation + 1);
        _keys[aggregation] += change;
    }
}
