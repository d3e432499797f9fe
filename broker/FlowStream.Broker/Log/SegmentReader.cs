using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace FlowStream.Broker.Log;

/// <summary>Reads the batches of a segment file one after the other through a pooled buffer. Not safe for concurrent use.</summary>
internal sealed class SegmentReader : IDisposable
{
    // Large enough that reading is bound by memory, not by calls.
    private const int InitialBufferBytes = 256 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly int _end;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
    private int _bufferStart;
    private int _bufferLength;
    private int _next;

    /// <summary>Reads from one file position up to another, both at batch boundaries unless the file is damaged.</summary>
    public SegmentReader(SafeFileHandle handle, int start, int end)
    {
        _handle = handle;
        _next = _bufferStart = start;
        _end = end;
    }

    /// <summary>Where the current batch begins.</summary>
    public int Position { get; private set; }

    /// <summary>Where the current batch ends; after the last one, the end of what could be read.</summary>
    public int NextPosition => _next;

    /// <summary>The bytes at <see cref="NextPosition"/> are no batch: a torn tail or damage.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The current batch, complete; valid until the next move.</summary>
    public RecordBatchView Current => new(_buffer.AsSpan(Position - _bufferStart, _next - Position));

    /// <summary>Goes to the next batch; false at the end and at damage. Only the frame is checked.</summary>
    public bool MoveNext()
    {
        if (_next >= _end || IsDamaged)
            return false;
        if (!TryFill(RecordBatchLayout.Records))
            return Damaged();
        var header = new RecordBatchView(_buffer.AsSpan(_next - _bufferStart, RecordBatchLayout.Records));
        long size = header.SizeInBytes;
        if (size is < RecordBatchLayout.Records or > RecordBatchLayout.MaxBatchBytes || header.Magic != RecordBatchLayout.CurrentMagic
            || !TryFill((int)size))
            return Damaged();
        Position = _next;
        _next += (int)size;
        return true;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Damaged()
    {
        IsDamaged = true;
        return false;
    }

    /// <summary>Makes the bytes from <see cref="_next"/> on available in the buffer; false when the file ends before.</summary>
    private bool TryFill(int bytes)
    {
        if (bytes > _end - _next)
            return false;
        int held = _bufferStart + _bufferLength - _next;
        if (held >= bytes)
            return true;
        if (bytes > _buffer.Length)
            Grow(bytes);
        _buffer.AsSpan(_next - _bufferStart, held).CopyTo(_buffer);
        _bufferStart = _next;
        _bufferLength = held;
        while (_bufferLength < bytes)
        {
            int wanted = Math.Min(_buffer.Length - _bufferLength, _end - _bufferStart - _bufferLength);
            int read = RandomAccess.Read(_handle, _buffer.AsSpan(_bufferLength, wanted), _bufferStart + _bufferLength);
            if (read == 0)
                return false;
            _bufferLength += read;
        }
        return true;
    }

    private void Grow(int bytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(bytes);
        _buffer.AsSpan(0, Math.Min(_bufferLength, _buffer.Length)).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
