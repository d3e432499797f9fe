using FlowStream.Parsing;
using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>
/// What each pair of addresses moved in each window since the last drain. A drain hands on the largest of each window and direction by
/// themselves and the rest in one sum, with the most that any pair of the rest has. Keeps its memory.
/// </summary>
internal sealed class TalkerTable
{
    private readonly IdentityTable _pairs = new();
    private readonly PartialSlots _rows = new();
    private readonly byte[] _value;
    private readonly int _limit;
    private readonly int _headBytes;
    private (IpAddress Source, IpAddress Destination)[] _addresses = new (IpAddress, IpAddress)[256];
    private int[] _order = new int[256];
    private (long Window, long Bytes)[] _ranks = new (long, long)[256];

    /// <summary>Makes an empty table.</summary>
    /// <param name="limit">Most pairs that are handed on by themselves, for each window and direction.</param>
    /// <param name="source">Number of the task.</param>
    public TalkerTable(int limit, int source)
    {
        _limit = limit;
        _value = new byte[TalkerCodec.MaxBytes(limit)];
        _value[0] = TalkerCodec.Version;
        _headBytes = Varint.Write(_value, 1, source);
    }

    /// <summary>Number of sums.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        _pairs.MemoryBytes + _rows.MemoryBytes + (_addresses.Length * 32L) + (_order.Length * 20L) + _value.Length;

    /// <summary>The number of a session's pair of addresses.</summary>
    public int Find(in SessionDimensions dimensions)
    {
        IpAddress source = dimensions.Source, destination = dimensions.Destination;
        DimensionsIdentity identity = default(DimensionsIdentity)
            .With(source.High).With(source.Low).With(destination.High).With(destination.Low);
        int known = _pairs.Count, pair = _pairs.FindOrAdd(identity);
        if (pair < known) return pair;
        if (pair == _addresses.Length) Array.Resize(ref _addresses, pair * 2);
        _addresses[pair] = (source, destination);
        return pair;
    }

    /// <summary>Adds to the sums of a pair in a window.</summary>
    public void Add(int pair, long window, in WindowSums sums) => _rows.FindOrAdd(pair, window).Sums += sums;

    /// <summary>Hands everything on and forgets it.</summary>
    public void Drain(IPartialOutput output)
    {
        foreach (TalkerDirection direction in TalkerDirection.All) Drain(direction, output);
        _rows.Clear();
        _pairs.Clear();
    }

    private void Drain(TalkerDirection direction, IPartialOutput output)
    {
        if (_rows.Count > _order.Length)
        {
            _order = new int[_rows.Count * 2];
            _ranks = new (long, long)[_rows.Count * 2];
        }
        for (int i = 0; i < _rows.Count; i++)
        {
            _order[i] = i;
            // What is taken back matters as much as what is booked. The largest first.
            _ranks[i] = (_rows[i].Window, -Math.Abs(direction.Of(_rows[i].Sums.Volume)));
        }
        _ranks.AsSpan(0, _rows.Count).Sort(_order.AsSpan(0, _rows.Count));
        for (int first = 0; first < _rows.Count;)
        {
            int end = first + 1;
            while (end < _rows.Count && _ranks[end].Window == _ranks[first].Window) end++;
            Write(direction, _order.AsSpan(first, end - first), output);
            first = end;
        }
    }

    private void Write(TalkerDirection direction, ReadOnlySpan<int> slots, IPartialOutput output)
    {
        ReadOnlySpan<int> kept = slots[..Math.Min(_limit, slots.Length)];
        WindowSums other = default;
        foreach (int slot in slots[kept.Length..]) other += _rows[slot].Sums;
        if (kept.Length < slots.Length)
            other = other with { ErrorBytes = Math.Abs(direction.Of(_rows[slots[kept.Length]].Sums.Volume)) };
        int position = Varint.Write(_value, _headBytes, _rows[slots[0]].Window);
        position = SumsCodec.Write(_value, position, other);
        position = Varint.Write(_value, position, kept.Length);
        foreach (int slot in kept)
        {
            (IpAddress source, IpAddress destination) = _addresses[_rows[slot].Series];
            position = TalkerCodec.WriteAddresses(_value, position, source, destination);
            position = SumsCodec.Write(_value, position, _rows[slot].Sums);
        }
        output.Partial(direction.Prefix, _value.AsSpan(0, position));
    }
}
