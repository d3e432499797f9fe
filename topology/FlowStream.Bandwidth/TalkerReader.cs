using FlowStream.Parsing;

namespace FlowStream.Bandwidth;

/// <summary>Reads a partial of top talkers: the sums of the rest, then pair after pair. The bytes may be damaged.</summary>
internal ref struct TalkerReader
{
    private readonly ReadOnlySpan<byte> _value;
    private int _position;
    private long _left;

    /// <summary>Makes a reader; see <see cref="IsDamaged"/> for a value that is none.</summary>
    public TalkerReader(ReadOnlySpan<byte> value, long lastWindow)
    {
        _value = value;
        IsDamaged = value.IsEmpty || value[0] != TalkerCodec.Version || !PartialReader.TryReadSource(value, out _, out _position)
            || !Varint.TryRead(value, ref _position, out long window) || window < 0 || window > lastWindow
            || !SumsCodec.TryRead(value, ref _position, TalkerCodec.Version, out WindowSums other)
            || !Varint.TryRead(value, ref _position, out _left) || _left < 0 || _left > value.Length;
        if (IsDamaged) return;
        int position = 1;
        Varint.TryRead(value, ref position, out _);
        Varint.TryRead(value, ref position, out window);
        SumsCodec.TryRead(value, ref position, TalkerCodec.Version, out other);
        (Window, Other) = (window, other);
    }

    /// <summary>True when what was read so far is no such partial.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>True when every pair was read and no byte is left.</summary>
    public readonly bool IsComplete => !IsDamaged && _left == 0 && _position == _value.Length;

    /// <summary>The window.</summary>
    public long Window { get; }

    /// <summary>The sums of all pairs that do not follow.</summary>
    public WindowSums Other { get; }

    /// <summary>Reads the next pair.</summary>
    /// <returns>False after the last, or when the value is damaged.</returns>
    public bool TryRead(out IpAddress source, out IpAddress destination, out WindowSums sums)
    {
        source = destination = default;
        sums = default;
        if (IsDamaged || _left == 0) return false;
        if (!TalkerCodec.TryReadAddresses(_value, ref _position, out source, out destination)
            || !SumsCodec.TryRead(_value, ref _position, TalkerCodec.Version, out sums))
        {
            IsDamaged = true;
            return false;
        }
        _left--;
        return true;
    }
}
