namespace FlowStream.Broker.Transactions;

/// <summary>
/// Hands out producer ids, each once for the life of the data directory. A block is written to the log before its first id is used, so a
/// crash loses at most the rest of a block.
/// </summary>
internal sealed class ProducerIdAllocator
{
    /// <summary>Ids per log record, as in Kafka: one append for a thousand producers.</summary>
    public const int BlockSize = 1000;

    private readonly Lock _lock = new();
    private readonly Action<long> _persist;
    private long _next;
    private long _end;

    /// <summary>An allocator that starts at 0 unless <see cref="Recover"/> says otherwise.</summary>
    /// <param name="persist">Makes the end of a block durable; throws <see cref="IOException"/> when it cannot.</param>
    public ProducerIdAllocator(Action<long> persist) => _persist = persist;

    /// <summary>Goes on after the blocks that were handed out before a restart.</summary>
    public void Recover(long end)
    {
        _next = Math.Max(_next, end);
        _end = _next;
    }

    /// <summary>An id that nobody has had.</summary>
    /// <exception cref="IOException">A new block was needed and could not be written.</exception>
    public long Next()
    {
        lock (_lock)
        {
            if (_next == _end)
            {
                _persist(_end + BlockSize);
                _end += BlockSize;
            }

            return _next++;
        }
    }
}
