using System.Buffers.Binary;

namespace FlowStream.Sessions.State;

/// <summary>Goes through the pairs of an <see cref="ExtrasBlob"/> in the order of their keys.</summary>
internal struct ExtrasCursor
{
    private byte[] _chunk;
    private int _blob;
    private int _order;
    private int _end;
    private int _keyAt;
    private int _keyLength;

    /// <summary>True after the last pair.</summary>
    public readonly bool IsDone => _order == _end;

    /// <summary>The key of the present pair.</summary>
    public readonly ReadOnlySpan<byte> KeySpan => _chunk.AsSpan(_keyAt, _keyLength);

    /// <summary>The key of the present pair.</summary>
    public readonly ReadOnlyMemory<byte> Key => new(_chunk, _keyAt, _keyLength);

    /// <summary>The value of the present pair.</summary>
    public readonly ReadOnlyMemory<byte> Value =>
        new(_chunk, _keyAt + _keyLength, BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(_keyAt - sizeof(ushort))));

    /// <summary>Goes to the first pair.</summary>
    /// <param name="bytes">A blob, and after it the order of its pairs.</param>
    /// <param name="length">The bytes of the blob alone.</param>
    public void Begin(ArraySegment<byte> bytes, int length)
    {
        _chunk = bytes.Array!;
        _blob = bytes.Offset;
        _order = _blob + length;
        _end = _order + (_chunk[_blob] * ExtrasBlob.OrderBytes);
        Read();
    }

    /// <summary>Goes past the present pair, and all others, that have <paramref name="key"/>.</summary>
    public void SkipPast(ReadOnlySpan<byte> key)
    {
        while (!IsDone && KeySpan.SequenceEqual(key))
        {
            _order += ExtrasBlob.OrderBytes;
            Read();
        }
    }

    private void Read()
    {
        if (IsDone) return;
        int pair = _blob + BinaryPrimitives.ReadUInt16LittleEndian(_chunk.AsSpan(_order));
        _keyLength = _chunk[pair];
        _keyAt = pair + ExtrasBlob.PairHeaderBytes;
    }
}
