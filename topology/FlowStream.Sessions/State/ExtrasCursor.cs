using System.Buffers.Binary;

namespace FlowStream.Sessions.State;

/// <summary>Goes through the pairs of an <see cref="ExtrasBlob"/> in the order of their keys.</summary>
internal struct ExtrasCursor
{
    private ReadOnlyMemory<byte> _bytes;
    private int _order;
    private int _end;
    private int _keyAt;
    private int _keyLength;

    /// <summary>True after the last pair.</summary>
    public readonly bool IsDone => _order == _end;

    /// <summary>The key of the present pair.</summary>
    public readonly ReadOnlyMemory<byte> Key => _bytes.Slice(_keyAt, _keyLength);

    /// <summary>The key of the present pair.</summary>
    public readonly ReadOnlySpan<byte> KeySpan => _bytes.Span.Slice(_keyAt, _keyLength);

    /// <summary>The value of the present pair.</summary>
    public readonly ReadOnlyMemory<byte> Value =>
        _bytes.Slice(_keyAt + _keyLength, BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[(_keyAt - sizeof(ushort))..]));

    /// <summary>Goes to the first pair.</summary>
    /// <param name="bytes">A blob, and after it the order of its pairs.</param>
    /// <param name="length">The bytes of the blob alone.</param>
    public void Begin(ReadOnlyMemory<byte> bytes, int length)
    {
        _bytes = bytes;
        _order = length;
        _end = length + (bytes.Span[0] * ExtrasBlob.OrderBytes);
        Read(bytes.Span);
    }

    /// <summary>Goes past the present pair, and all others, that have <paramref name="key"/>.</summary>
    public void SkipPast(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        while (!IsDone && bytes.Slice(_keyAt, _keyLength).SequenceEqual(key))
        {
            _order += ExtrasBlob.OrderBytes;
            Read(bytes);
        }
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (IsDone) return;
        int pair = BinaryPrimitives.ReadUInt16LittleEndian(bytes[_order..]);
        _keyLength = bytes[pair];
        _keyAt = pair + ExtrasBlob.PairHeaderBytes;
    }
}
