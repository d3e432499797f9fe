using System.Numerics;
using System.Runtime.CompilerServices;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Finds the double quotes of a message one after the other. 64 bytes are compared at a time into a mask with one bit for each quote, so
/// that a quote costs one bit operation however short the values are. No byte outside the message is read.
/// </summary>
internal ref struct QuoteScanner
{
    private readonly ReadOnlySpan<byte> _message;
    private int _block;
    private ulong _quotes;

    /// <summary>Makes a scanner of <paramref name="message"/>, to be put somewhere by <see cref="Seek"/>.</summary>
    public QuoteScanner(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Goes on at <paramref name="from"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Seek(int from)
    {
        _block = from;
        _quotes = from < _message.Length ? ByteMask.Read(_message, from, (byte)'"') : 0;
    }

    /// <summary>The position of the next quote, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (_quotes == 0)
        {
            _block += ByteMask.BlockBytes;
            if (_block >= _message.Length) return NoMore();
            _quotes = ByteMask.Read(_message, _block, (byte)'"');
        }
        int position = _block + BitOperations.TrailingZeroCount(_quotes);
        _quotes &= _quotes - 1;
        return position;
    }

    // The block stays at the end, or a call after the last quote would count it up without bound.
    private int NoMore()
    {
        _block = _message.Length;
        return -1;
    }
}
