namespace FlowStream.Bandwidth;

/// <summary>Reads the windows of a partial record's value one after the other. The bytes may be damaged.</summary>
internal ref struct PartialReader
{
    private readonly ReadOnlySpan<byte> _value;
    private readonly long _lastWindow;
    private readonly byte _version;
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
        IsDamaged = !TryReadSource(value, out _, out _position) || value[0] > PartialCodec.Version
            || !Varint.TryRead(value, ref _position, out _left) || _left is < 1 or > PartialCodec.MaxWindows;
        if (!IsDamaged) _version = value[0];
    }

    /// <summary>True when what was read so far is not a partial.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>True when every window was read and no byte is left.</summary>
    public readonly bool IsComplete => !IsDamaged && _left == 0 && _position == _value.Length;

    /// <summary>The task of the session stage that wrote a value.</summary>
    /// <returns>False when the value is damaged; the task is -1 when it does not say.</returns>
    public static bool TryReadSource(ReadOnlySpan<byte> value, out int source, out int position)
    {
        source = -1;
        position = 1;
        if (value.IsEmpty || value[0] is < PartialCodec.OldestVersion or > TalkerCodec.Version) return false;
        if (value[0] == PartialCodec.OldestVersion) return true;
        if (!Varint.TryRead(value, ref position, out long number) || number is < 0 or > int.MaxValue) return false;
        source = (int)number;
        return true;
    }

    /// <summary>Reads the next window.</summary>
    /// <param name="window">Its number.</param>
    /// <param name="sums">Its sums.</param>
    /// <param name="reasons">What the reasons of its ends are added to, or empty.</param>
    /// <returns>False after the last, or when the value is damaged.</returns>
    public bool TryRead(out long window, out WindowSums sums, Span<long> reasons)
    {
        window = 0;
        sums = default;
        if (IsDamaged || _left == 0) return false;
        if (!Varint.TryRead(_value, ref _position, out long step) || !SumsCodec.TryRead(_value, ref _position, _version, out sums)
            || (_version > PartialCodec.OldestVersion && !EndReasonSums.TryRead(_value, ref _position, reasons))
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
