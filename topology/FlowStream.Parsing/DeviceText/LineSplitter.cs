namespace FlowStream.Parsing.DeviceText;

/// <summary>Cuts bytes that come in pieces into lines. Of a line that is too long nothing is kept.</summary>
internal sealed class LineSplitter
{
    private const byte LineFeed = (byte)'\n';

    private readonly byte[] _kept = new byte[DeviceTextLimits.MaxLineBytes];
    private int _length;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>True when the line read last was longer than <see cref="DeviceTextLimits.MaxLineBytes"/>; it is empty then.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Reads a line off the front of <paramref name="text"/>.</summary>
    /// <returns>False when no line ends in it; what it holds is kept for the next call.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        int end = text.IndexOf(LineFeed);
        if (end < 0)
        {
            Keep(text);
            text = line = default;
            return false;
        }
        if (_length == 0 && end <= _kept.Length)
        {
            line = text[..end];
            TooLong = false;
        }
        else
        {
            Keep(text[..end]);
            line = Take();
        }
        text = text[(end + 1)..];
        Number++;
        return true;
    }

    /// <summary>Reads what follows the last line end.</summary>
    /// <returns>False when nothing does.</returns>
    public bool TryReadLast(out ReadOnlySpan<byte> line)
    {
        bool rest = _length > 0;
        line = Take();
        if (rest) Number++;
        return rest;
    }

    // One more than fits says that the line is too long.
    private void Keep(ReadOnlySpan<byte> text)
    {
        if (text.Length > _kept.Length - Math.Min(_length, _kept.Length)) _length = _kept.Length + 1;
        if (_length > _kept.Length) return;
        text.CopyTo(_kept.AsSpan(_length));
        _length += text.Length;
    }

    private ReadOnlySpan<byte> Take()
    {
        TooLong = _length > _kept.Length;
        ReadOnlySpan<byte> line = TooLong ? default : _kept.AsSpan(0, _length);
        _length = 0;
        return line;
    }
}
