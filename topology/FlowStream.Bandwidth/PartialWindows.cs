using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The first of two steps: adds up what one task of the session stage sees between two commits, for each aggregation, key and window, and
/// hands it on as partial sums. A hot key is thus a few records per task and commit, not one for each session.
/// </summary>
/// <remarks>
/// Holds nothing beyond a commit and so needs no changelog. A key seen before since the last drain costs no allocation, and memory is
/// kept from one drain to the next. One thread at a time.
/// </remarks>
public sealed class PartialWindows
{
    /// <summary>
    /// Sums held before <see cref="IsFull"/> asks for a drain inside the commit: some 6 MB. A commit of 10 000 records touches that many
    /// only when every session is long and its key its own.
    /// </summary>
    public const int MaxSums = 65_536;

    /// <summary>Most aggregations: each costs time for every delta.</summary>
    public const int MaxAggregations = 32;

    private readonly Dimension[][] _dimensions;
    private readonly byte[][] _prefixes;
    private readonly TumblingWindows _windows;
    private readonly KeyTable _series = new();
    private readonly PartialSlots _slots = new();
    private readonly int[] _current;
    private readonly bool[] _isNew;
    private readonly byte[] _key = new byte[SeriesKey.MaxBytes];
    private readonly byte[] _value = new byte[PartialCodec.MaxBytes];

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="ArgumentException">Two aggregations have one name, or there are too many.</exception>
    public PartialWindows(IReadOnlyList<Aggregation> aggregations, TumblingWindows windows)
    {
        if (aggregations.Count > MaxAggregations)
            throw new ArgumentException($"There are more than {MaxAggregations}.", nameof(aggregations));
        if (aggregations.Select(aggregation => aggregation.Name).Distinct().Count() < aggregations.Count)
            throw new ArgumentException("Two have the same name.", nameof(aggregations));
        _dimensions = [.. aggregations.Select(aggregation => aggregation.Dimensions.ToArray())];
        _prefixes = [.. aggregations.Select(SeriesKey.Prefix)];
        _windows = windows;
        _current = new int[aggregations.Count];
        _isNew = new bool[aggregations.Count];
    }

    /// <summary>True when it should be drained before more is added.</summary>
    public bool IsFull => _slots.Count >= MaxSums;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _series.MemoryBytes + _slots.MemoryBytes + _value.Length;

    /// <summary>Spreads <paramref name="delta"/> over the windows it crosses, in every aggregation.</summary>
    public void Add(in VolumeDelta delta, in SessionDimensions dimensions)
    {
        if (delta.Volume.IsZero) return;
        FindSeries(dimensions);
        foreach (WindowShare share in new Spread(delta, _windows)) AddToAll(share.Window, WindowSums.Of(share, delta.Sign));
    }

    /// <summary>Counts a session in the window of <paramref name="timeMs"/>, in every aggregation.</summary>
    /// <param name="count">What to count.</param>
    /// <param name="sign">+1 to count, -1 to take back.</param>
    /// <param name="timeMs">Unix milliseconds.</param>
    /// <param name="dimensions">The session's dimensions.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is none that is known.</exception>
    public void Count(SessionCount count, int sign, long timeMs, in SessionDimensions dimensions)
    {
        FindSeries(dimensions);
        AddToAll(_windows.IndexOf(timeMs), WindowSums.Of(count, sign));
    }

    /// <summary>Hands on every sum that is not zero, in the order in which the keys came, and forgets them all.</summary>
    public void Drain(IPartialOutput output)
    {
        for (int series = 0; series < _series.Count; series++)
        {
            int slot = _slots.First(series);
            while (slot >= 0) slot = WritePartial(series, slot, output);
        }
        _series.Clear();
        _slots.Clear();
    }

    private void FindSeries(in SessionDimensions dimensions)
    {
        for (int i = 0; i < _current.Length; i++)
        {
            byte[] prefix = _prefixes[i];
            prefix.CopyTo(_key, 0);
            int length = prefix.Length;
            foreach (Dimension dimension in _dimensions[i]) length = SeriesKey.Append(_key, length, (byte)dimension, dimensions[dimension]);
            int known = _series.Count;
            _current[i] = _series.FindOrAdd(_key.AsSpan(0, length));
            _isNew[i] = _series.Count > known;
        }
    }

    private void AddToAll(long window, in WindowSums sums)
    {
        for (int i = 0; i < _current.Length; i++)
        {
            ref PartialSlot slot = ref _slots.FindOrAdd(_current[i], window, _isNew[i]);
            slot.Sums += sums;
            _isNew[i] = false;
        }
    }

    /// <summary>Writes one record that starts with <paramref name="slot"/>; returns the slot that the next starts with, or -1.</summary>
    private int WritePartial(int series, int slot, IPartialOutput output)
    {
        int count = 0;
        long before = 0;
        // The number of windows stands first and is known last: its longest form for the limit has two bytes, always written as two.
        int position = 3;
        for (; slot >= 0 && count < PartialCodec.MaxWindows; slot = _slots[slot].Next)
        {
            ref PartialSlot current = ref _slots[slot];
            if (current.Sums.IsZero) continue;
            position = Varint.Write(_value, position, current.Window - before);
            position = SumsCodec.Write(_value, position, current.Sums);
            before = current.Window;
            count++;
        }
        if (count == 0) return slot;
        _value[0] = PartialCodec.Version;
        _value[1] = (byte)((count << 1) | 0x80);
        _value[2] = (byte)(count >> 6);
        output.Partial(_series[series], _value.AsSpan(0, position));
        return slot;
    }
}
