using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>A consumer's place in one partition, reading with read_committed.</summary>
internal sealed class InMemoryFetch
{
    private readonly InMemoryPartition _log;
    private long _offset;
    private long _endSeenAt = -1;

    public InMemoryFetch(int partition, InMemoryPartition log, long offset)
    {
        Partition = partition;
        _log = log;
        _offset = offset;
    }

    public int Partition { get; }

    public bool IsPaused { get; set; }

    public void Seek(long offset)
    {
        _offset = Math.Max(offset, _log.StartOffset);
        _endSeenAt = -1;
    }

    public PollResult Next(out ConsumedRecord record)
    {
        record = new ConsumedRecord { Partition = Partition };
        if (IsPaused) return PollResult.Nothing;
        while (_offset < _log.LastStableOffset)
        {
            ref var entry = ref _log[_offset++];
            if (entry.State != LogEntryState.Data) continue;
            record.Offset = _offset - 1;
            record.Timestamp = entry.Timestamp;
            record.Key = entry.Key;
            record.Value = entry.Value;
            record.Headers = entry.Headers;
            return PollResult.Record;
        }

        record.Offset = _offset;
        if (_endSeenAt == _offset) return PollResult.Nothing;
        _endSeenAt = _offset;
        return PollResult.EndOfPartition;
    }
}
