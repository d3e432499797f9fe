using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace FlowStream.Broker.Log;

/// <summary>
/// One file of a log and its index. One writer appends; readers need no lock, since bytes, index, size and next offset are published in
/// that order. A reader acquires the segment; a retired one closes its file when the last reader is done, even if the name is gone.
/// </summary>
internal sealed class LogSegment(long baseOffset, string path, SafeFileHandle handle, SparseIndex index)
{
    private const int FirstLookBytes = 4 * 1024;
    private const int LookBytes = 32 * 1024;

    private int _size;
    private long _nextOffset = baseOffset;
    private long _maxTimestamp = long.MinValue;
    private int _references = 1;

    /// <summary>Offset the file is named after.</summary>
    public long BaseOffset { get; } = baseOffset;

    /// <summary>Its name; a compacted segment changes it once.</summary>
    public string Path { get; set; } = path;

    /// <summary>The open file.</summary>
    public SafeFileHandle Handle { get; } = handle;

    /// <summary>Where in the file.</summary>
    public SparseIndex Index { get; } = index;

    /// <summary>Bytes of whole batches.</summary>
    public int Size => Volatile.Read(ref _size);

    /// <summary>Offset after its last record.</summary>
    public long NextOffset => Volatile.Read(ref _nextOffset);

    /// <summary>Largest timestamp of its records; Int64.MinValue when empty.</summary>
    public long MaxTimestamp => Volatile.Read(ref _maxTimestamp);

    /// <summary>Broker time of its first append, Unix milliseconds: from here <c>segment.ms</c> counts.</summary>
    public long FirstAppendTime { get; set; }

    /// <summary>Broker time of its last append, Unix milliseconds: from here <c>retention.ms</c> counts.</summary>
    public long LastAppendTime { get; set; }

    /// <summary>Takes in a batch that is in the file at <see cref="Size"/>.</summary>
    public void Add(RecordBatchView batch, int indexInterval)
    {
        Index.Consider((int)(batch.BaseOffset - BaseOffset), _size, _maxTimestamp, indexInterval);
        if (batch.MaxTimestamp > _maxTimestamp)
            Volatile.Write(ref _maxTimestamp, batch.MaxTimestamp);
        Volatile.Write(ref _size, _size + batch.Bytes.Length);
        Volatile.Write(ref _nextOffset, batch.LastOffset + 1);
    }

    /// <summary>Takes over what the index file says instead of reading the batches.</summary>
    public void Restore(int size, long nextOffset, long maxTimestamp) =>
        (_size, _nextOffset, _maxTimestamp) = (size, nextOffset, maxTimestamp);

    /// <summary>A compacted segment may end in a gap, or be empty: the offsets up to there are still its own.</summary>
    public void ExtendTo(long nextOffset) => Volatile.Write(ref _nextOffset, Math.Max(_nextOffset, nextOffset));

    /// <summary>Begins a read; false when the segment is retired and the caller must look for its successor.</summary>
    public bool TryAcquire()
    {
        for (int seen = Volatile.Read(ref _references); seen > 0;)
        {
            int was = Interlocked.CompareExchange(ref _references, seen + 1, seen);
            if (was == seen)
                return true;
            seen = was;
        }
        return false;
    }

    /// <summary>Ends a read.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            Handle.Dispose();
    }

    /// <summary>Ends the owner's hold: the file is closed once nobody reads it.</summary>
    public void Retire() => Release();

    /// <summary>Finds the first batch that ends at or after an offset: its position and size; (-1, 0) when there is none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public (int Position, int Size) Locate(long offset)
    {
        int end = Size;
        int position = Index.PositionForOffset(offset - BaseOffset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LookBytes);
        try
        {
            int look = FirstLookBytes;
            while (position < end)
            {
                int length = RandomAccess.Read(Handle, buffer.AsSpan(0, Math.Min(look, end - position)), position);
                for (int at = 0; length - at >= RecordBatchLayout.Records;)
                {
                    var batch = new RecordBatchView(buffer.AsSpan(at, RecordBatchLayout.Records));
                    int size = CheckedSize(batch, end - position);
                    if (batch.LastOffset >= offset)
                        return (position, size);
                    position += size;
                    at = size > length - at ? length : at + size;
                }
                if (length < RecordBatchLayout.Records && position < end)
                    throw new InvalidDataException($"{Path} ends in the middle of a batch at {position}.");
                look = LookBytes;
            }
            return (-1, 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int CheckedSize(RecordBatchView batch, int available)
    {
        long size = batch.SizeInBytes;
        if (size < RecordBatchLayout.Records || size > available)
            throw new InvalidDataException($"{Path} holds a batch of impossible size {size}.");
        return (int)size;
    }
}
