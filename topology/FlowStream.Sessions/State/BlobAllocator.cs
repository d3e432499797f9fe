using System.Buffers.Binary;
using System.Numerics;

namespace FlowStream.Sessions.State;

/// <summary>
/// Memory for byte strings in size classes inside large chunks: multiples of 16 bytes up to 512, then powers of two. A freed block is
/// handed out again to the next string of its class, so memory is bounded by the peak of each class and nothing is left to the collector.
/// </summary>
internal sealed class BlobAllocator
{
    /// <summary>Bytes of a chunk, and the longest string: above the largest message and its bookkeeping.</summary>
    public const int ChunkBytes = 256 * 1024;

    private const int Step = 16;
    private const int LinearLimit = 512;
    private const int LinearClasses = LinearLimit / Step;
    private const int Classes = LinearClasses + 9;
    private const long None = -1;

    private readonly long[] _freeHeads = new long[Classes];
    private byte[][] _chunks = new byte[4][];
    private int _chunkCount;
    private int _used = ChunkBytes;

    public BlobAllocator() => Array.Fill(_freeHeads, None);

    /// <summary>Bytes held.</summary>
    public long MemoryBytes => (long)_chunkCount * ChunkBytes;

    /// <summary>A block of at least <paramref name="length"/> bytes.</summary>
    public (int Chunk, int Offset) Allocate(int length)
    {
        int sizeClass = ClassOf(length);
        long head = _freeHeads[sizeClass];
        if (head != None)
        {
            int chunk = (int)(head >> 32), offset = (int)head;
            _freeHeads[sizeClass] = BinaryPrimitives.ReadInt64LittleEndian(_chunks[chunk].AsSpan(offset));
            return (chunk, offset);
        }
        int size = SizeOf(sizeClass);
        if (_used + size > ChunkBytes) AddChunk();
        int at = _used;
        _used += size;
        return (_chunkCount - 1, at);
    }

    /// <summary>Takes back a block that was allocated for <paramref name="length"/> bytes.</summary>
    public void Free(int chunk, int offset, int length)
    {
        int sizeClass = ClassOf(length);
        BinaryPrimitives.WriteInt64LittleEndian(_chunks[chunk].AsSpan(offset), _freeHeads[sizeClass]);
        _freeHeads[sizeClass] = ((long)chunk << 32) | (uint)offset;
    }

    /// <summary>The bytes of a block.</summary>
    public Memory<byte> Memory(int chunk, int offset, int length) => _chunks[chunk].AsMemory(offset, length);

    /// <summary>The bytes of a block.</summary>
    public Span<byte> Span(int chunk, int offset, int length) => _chunks[chunk].AsSpan(offset, length);

    /// <summary>The bytes of a block.</summary>
    public ArraySegment<byte> Segment(int chunk, int offset, int length) => new(_chunks[chunk], offset, length);

    private static int ClassOf(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ChunkBytes);
        return length <= LinearLimit
            ? Math.Max(0, (length - 1) / Step)
            : LinearClasses + BitOperations.Log2((uint)(length - 1)) - BitOperations.Log2(LinearLimit);
    }

    private static int SizeOf(int sizeClass) =>
        sizeClass < LinearClasses ? (sizeClass + 1) * Step : LinearLimit << (sizeClass - LinearClasses + 1);

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length) Array.Resize(ref _chunks, _chunks.Length * 2);
        _chunks[_chunkCount++] = GC.AllocateUninitializedArray<byte>(ChunkBytes);
        _used = 0;
    }
}
