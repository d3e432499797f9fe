using System.Runtime.CompilerServices;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// The first of two steps: adds up what one task of the session stage sees between two commits, for each aggregation, key and window, and
/// hands it on as partial sums. A hot key is thus a few records per task and commit, not one for each session.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A delta is added to one row, that of the keys that its values have in all aggregations and its window, however many aggregations
/// there are: one lookup. Draining adds each row to those keys.</item>
/// <item>Which row a combination of values has is remembered from one drain to the next, and forgotten when the table is full; that is no
/// state: it only saves work. Sums are not held beyond a commit, so there is no changelog.</item>
/// <item>Values seen before cost no allocation. One thread at a time.</item>
/// </list>
/// </remarks>
public sealed class PartialWindows
{
    /// <summary>
    /// Sums held before <see cref="IsFull"/> asks for a drain inside the commit: some 4 MB, and as much for each aggregation while it
    /// drains. A commit of 10 000 records touches that many only when every session is long and its values its own.
    /// </summary>
    public const int MaxSums = 32_768;

    /// <summary>Combinations of values remembered: a site's users, policies and applications meet in some ten thousand.</summary>
    public const int MaxCombinations = 65_536;

    /// <summary>Most aggregations: each costs time for every combination of values.</summary>
    public const int MaxAggregations = 32;

    // Keys remembered before all are forgotten: values may be up to 240 bytes long, most have ten.
    private const int MaxKeyBytes = 64 << 20;

    private readonly Dimension[][] _dimensions;
    private readonly byte[][] _prefixes;
    private readonly TumblingWindows _windows;
    private readonly DimensionValues _values;
    private readonly IdentityTable _combinations = new();
    private readonly IdentityTable _keySets = new();
    private readonly KeyTable _keys = new();
    private readonly PartialSlots _rows = new();
    private readonly PartialSlots _sums = new();
    private readonly EndReasonTable _reasons = new();
    private readonly TalkerTable? _talkers;
    private readonly byte[] _key = new byte[SeriesKey.MaxBytes];
    private readonly byte[] _value = new byte[PartialCodec.MaxBytes];
    private readonly int _headBytes;
    private readonly int[] _found;
    private int[] _keySetOf = new int[256];
    private int[] _series;

    /// <summary>Makes an empty one.</summary>
    /// <param name="aggregations">What to add up by.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="source">Number of the task, which its partials carry.</param>
    /// <param name="prefixes">What the dimensions of networks keep of an address; null for <see cref="PrefixLengths.Default"/>.</param>
    /// <param name="topTalkers">Pairs of addresses that are handed on by themselves for each window and direction; 0 for none.</param>
    /// <exception cref="ArgumentException">Two aggregations have one name, or there are too many.</exception>
    public PartialWindows(
        IReadOnlyList<Aggregation> aggregations, TumblingWindows windows, int source = 0, PrefixLengths? prefixes = null,
        int topTalkers = 0)
    {
        Aggregation.Validate(aggregations);
        _dimensions = [.. aggregations.Select(aggregation => aggregation.Dimensions.ToArray())];
        _prefixes = [.. aggregations.Select(SeriesKey.Prefix)];
        _values = new DimensionValues(aggregations, prefixes ?? PrefixLengths.Default);
        _windows = windows;
        _found = new int[aggregations.Count];
        _series = new int[aggregations.Count * 256];
        _value[0] = PartialCodec.Version;
        _headBytes = Varint.Write(_value, 1, source);
        if (topTalkers > 0) _talkers = new TalkerTable(topTalkers, source);
    }

    /// <summary>True when it should be drained before more is added.</summary>
    public bool IsFull => _rows.Count >= MaxSums || _combinations.Count >= MaxCombinations || _talkers?.Count >= MaxSums;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes => _combinations.MemoryBytes + _keySets.MemoryBytes + _keys.MemoryBytes + _rows.MemoryBytes + _sums.MemoryBytes
        + _reasons.MemoryBytes + (_talkers?.MemoryBytes ?? 0) + ((_series.Length + _keySetOf.Length) * 4L) + _value.Length;

    /// <summary>Spreads <paramref name="delta"/> over the windows it crosses, in every aggregation.</summary>
    public void Add(in VolumeDelta delta, in SessionDimensions dimensions)
    {
        if (delta.Volume.IsZero) return;
        int keySet = Find(dimensions);
        TalkerTable? talkers = dimensions.HasTuple ? _talkers : null;
        int pair = talkers is null ? 0 : talkers.Find(dimensions);
        if (Spread.IsWhole(delta, _windows, out WindowShare whole)) Add(whole, delta.Sign, delta.ActiveMs, keySet, talkers, pair);
        else AddSpread(delta, keySet, talkers, pair);
    }

    /// <summary>Counts sessions in the window of <paramref name="timeMs"/>, in every aggregation.</summary>
    /// <param name="count">What to count.</param>
    /// <param name="number">How many; negative to take back.</param>
    /// <param name="timeMs">Unix milliseconds.</param>
    /// <param name="dimensions">The session's dimensions.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is none that is known.</exception>
    public void Count(SessionCount count, int number, long timeMs, in SessionDimensions dimensions)
    {
        long window = _windows.IndexOf(timeMs);
        _rows.FindOrAdd(Find(dimensions), window).Sums += WindowSums.Of(count, number);
        if (count == SessionCount.Closed && dimensions.EndReason is { } reason) _reasons.Add(window, reason, number);
    }

    /// <summary>Hands on every sum that is not zero, in the order in which the keys came, and forgets them all.</summary>
    public void Drain(IPartialOutput output)
    {
        AddUp();
        foreach (int series in _sums.Touched)
        {
            int slot = _sums.First(series);
            while (slot >= 0) slot = WritePartial(series, slot, output);
        }
        _talkers?.Drain(output);
        _sums.Clear();
        _rows.Clear();
        _reasons.Clear();
        if (_combinations.Count < MaxCombinations && _keys.MemoryBytes < MaxKeyBytes) return;
        _combinations.Clear();
        _keySets.Clear();
        _keys.Clear();
    }

    // Kept apart: most deltas lie within a window.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddSpread(in VolumeDelta delta, int keySet, TalkerTable? talkers, int pair)
    {
        long activeMs = delta.ActiveMs;
        foreach (WindowShare share in new Spread(delta, _windows))
        {
            Add(share, delta.Sign, activeMs, keySet, talkers, pair);
            if (share.Volume.HasBytes) activeMs = _windows.StartOf(share.Window);
        }
    }

    private void Add(in WindowShare share, int sign, long activeMs, int keySet, TalkerTable? talkers, int pair)
    {
        WindowSums sums = WindowSums.Of(share, sign, activeMs);
        _rows.FindOrAdd(keySet, share.Window).Sums += sums;
        talkers?.Add(pair, share.Window, sums);
    }

    // The row is found by the values, which takes no text, and is that of the keys: many values that no aggregation tells apart share one.
    private int Find(in SessionDimensions dimensions)
    {
        int known = _combinations.Count;
        int combination = _combinations.FindOrAdd(_values.Identity(dimensions));
        if (combination < known) return _keySetOf[combination];
        if (combination == _keySetOf.Length) Array.Resize(ref _keySetOf, combination * 2);
        return _keySetOf[combination] = FindKeys(dimensions);
    }

    private int FindKeys(in SessionDimensions dimensions)
    {
        var identity = default(DimensionsIdentity);
        for (int i = 0; i < _dimensions.Length; i++)
        {
            byte[] prefix = _prefixes[i];
            prefix.CopyTo(_key, 0);
            int length = prefix.Length;
            foreach (Dimension dimension in _dimensions[i])
                length = SeriesKey.Append(_key, length, (byte)dimension, _values.Text(dimensions, dimension));
            _found[i] = _keys.FindOrAdd(_key.AsSpan(0, length));
            identity = identity.With((ulong)_found[i]);
        }
        int keySet = _keySets.FindOrAdd(identity), first = keySet * _found.Length;
        if (first + _found.Length > _series.Length) Array.Resize(ref _series, _series.Length * 2);
        _found.CopyTo(_series.AsSpan(first));
        return keySet;
    }

    private void AddUp()
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            ref PartialSlot from = ref _rows[row];
            int first = from.Series * _dimensions.Length;
            for (int i = 0; i < _dimensions.Length; i++) _sums.FindOrAdd(_series[first + i], from.Window).Sums += from.Sums;
        }
    }

    /// <summary>Writes one record that starts with <paramref name="slot"/>; returns the slot that the next starts with, or -1.</summary>
    private int WritePartial(int series, int slot, IPartialOutput output)
    {
        int count = 0;
        long before = 0;
        bool isTotal = SeriesKey.IsTotal(_keys[series]);
        // The number of windows is known last: its longest form for the limit has two bytes, always written as two.
        int position = _headBytes + 2;
        for (; slot >= 0 && count < PartialCodec.MaxWindows && position < PartialCodec.EnoughBytes; slot = _sums[slot].Next)
        {
            ref PartialSlot current = ref _sums[slot];
            ReadOnlySpan<long> reasons = isTotal ? _reasons.Of(current.Window) : default;
            if (current.Sums.IsZero && EndReasonSums.AreZero(reasons)) continue;
            position = Varint.Write(_value, position, current.Window - before);
            position = SumsCodec.Write(_value, position, current.Sums);
            position = EndReasonSums.Write(_value, position, reasons);
            before = current.Window;
            count++;
        }
        if (count == 0) return slot;
        _value[_headBytes] = (byte)((count << 1) | 0x80);
        _value[_headBytes + 1] = (byte)(count >> 6);
        output.Partial(_keys[series], _value.AsSpan(0, position));
        return slot;
    }
}
