using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Tasks;

/// <summary>Sends a processor's rows to its changelog partition with the kind byte before the key.</summary>
internal sealed class ChangelogWriter : IChangelogWriter
{
    private readonly string _topic;
    private ITransactionalProducer? _producer;
    private int _partition;
    private long _timestamp;
    private byte[] _key = new byte[256];

    public ChangelogWriter(string topic) => _topic = topic;

    /// <summary>Points the writer at a task's partition for one commit.</summary>
    public void Begin(ITransactionalProducer producer, int partition, long timestamp)
    {
        _producer = producer;
        _partition = partition;
        _timestamp = timestamp;
    }

    /// <summary>Writes the task's own row.</summary>
    public void PutPosition(TaskPosition position)
    {
        Span<byte> value = stackalloc byte[ChangelogRows.PositionLength];
        ChangelogRows.WritePosition(value, position);
        Producer.Send(_topic, _partition, ChangelogRows.PositionKey, value, tombstone: false, _timestamp, headers: null);
    }

    /// <inheritdoc/>
    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // An empty value is a tombstone to whoever restores, so it must be one to the log's cleaner as well.
        Producer.Send(_topic, _partition, Prefixed(key), value, tombstone: value.IsEmpty, _timestamp, headers: null);
    }

    /// <inheritdoc/>
    public void Delete(ReadOnlySpan<byte> key) =>
        Producer.Send(_topic, _partition, Prefixed(key), default, tombstone: true, _timestamp, headers: null);

    private ITransactionalProducer Producer =>
        _producer ?? throw new InvalidOperationException("The changelog is written only within a commit.");

    private ReadOnlySpan<byte> Prefixed(ReadOnlySpan<byte> key)
    {
        if (_key.Length < key.Length + 1) Array.Resize(ref _key, Math.Max(key.Length + 1, _key.Length * 2));
        _key[0] = ChangelogRows.StateKind;
        key.CopyTo(_key.AsSpan(1));
        return _key.AsSpan(0, key.Length + 1);
    }
}
