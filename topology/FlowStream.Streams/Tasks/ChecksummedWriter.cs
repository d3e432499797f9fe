using System.Buffers;

namespace FlowStream.Streams.Tasks;

/// <summary>
/// A buffer writer over a stream that keeps the CRC-32C and length of what passed, so that state is never held twice in memory.
/// </summary>
internal sealed class ChecksummedWriter : IBufferWriter<byte>, IDisposable
{
    // Large enough that a write costs little beside its bytes, small beside the state.
    private const int BufferLength = 1 << 20;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private int _used;
    private int _checked;
    private long _flushed;
    private uint _crc = Crc32C.Start;

    public ChecksummedWriter(Stream stream) => _stream = stream;

    /// <summary>Bytes written so far.</summary>
    public long Length => _flushed + _used;

    /// <summary>The CRC-32C of the bytes written so far.</summary>
    public uint Checksum()
    {
        _crc = Crc32C.Append(_crc, _buffer.AsSpan(_checked, _used - _checked));
        _checked = _used;
        return Crc32C.Finish(_crc);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _used);
        _used += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_used);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        Checksum();
        _stream.Write(_buffer, 0, _used);
        _flushed += _used;
        _used = _checked = 0;
    }

    /// <summary>Gives the buffer back; what was not flushed is lost.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _used = _checked = 0;
    }

    private void Reserve(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_buffer.Length - _used >= needed) return;
        Flush();
        if (_buffer.Length >= needed) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = ArrayPool<byte>.Shared.Rent(needed);
    }
}
