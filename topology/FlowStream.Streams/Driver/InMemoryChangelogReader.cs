using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>Reads a changelog partition of the in-memory log.</summary>
internal sealed class InMemoryChangelogReader : IChangelogReader
{
    private readonly InMemoryBroker _broker;
    private readonly FaultInjector _faults;
    private InMemoryPartition? _log;

    public InMemoryChangelogReader(InMemoryBroker broker, FaultInjector faults)
    {
        _broker = broker;
        _faults = faults;
    }

    public long Position { get; private set; }

    public long HighWatermark(string topic, int partition) => _broker.Topic(topic).Partitions[partition].EndOffset;

    public void Open(string topic, int partition, long offset)
    {
        _log = _broker.Topic(topic).Partitions[partition];
        Position = Math.Max(offset, _log.StartOffset);
    }

    public bool TryRead(int timeoutMs, out ChangelogRow row)
    {
        if (_faults.IsActive) _faults.At(FaultPoint.RestoreRow);
        row = default;
        while (Position < _log!.LastStableOffset)
        {
            ref var entry = ref _log[Position++];
            if (entry.State != LogEntryState.Data) continue;
            row.Offset = Position - 1;
            row.Key = entry.Key;
            row.Value = entry.Value;
            _broker.Activity++;
            return true;
        }

        return false;
    }

    public void Dispose() => _log = null;
}
