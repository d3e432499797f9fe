namespace FlowStream.Bandwidth;

/// <summary>Reads the windows of a partial record's value one after the other. The bytes may be damaged.</summary>
internal ref struct PartialReader
{
    private readonly ReadOnlySpan<byte> _value;
    private readonly long _lastWindow;
    private int _position;
    private long _left;
    private long _window;

    /// <summary>Makes a reader; see <see cref="IsDamaged"/> for a value that is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="lastWindow">The highest number that a window can have.</param>
    public PartialReader(ReadOnlySpan<byte> value, long lastWindow)
    {
        _value = value;
        _lastWindow = lastWindow;
        _position = 1;
        IsDamaged = value.IsEmpty || value[0] != PartialCodec.Version || !Varint.TryRead(value, ref _position, out _left)
            || _left is < 1 or > PartialCodec.MaxWindows;
    }

    /// <summary>True when what was read so far is not a partial.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>True when every window was read and no byte is left.</summary>
    public readonly bool IsComplete => !IsDamaged && _left == 0 && _position == _value.Length;

    /// <summary>Reads the next window.</summary>
    /// <returns>False after the last, or when the value is damaged.</returns>
    public bool TryRead(out long window, out WindowSums sums)
    {
        window = 0;
        sums = default;
        if (IsDamaged || _left == 0) return false;
        if (!Varint.TryRead(_value, ref _position, out long step) || !SumsCodec.TryRead(_value, ref _position, out sums)
            || !IsWindow(_window + step))
        {
            IsDamaged = true;
            return false;
        }
        _left--;
        window = _window += step;
        return true;
    }

    private readonly bool IsWindow(long index) => index >= 0 && index <= _lastWindow;
}
