using Confluent.Kafka;
using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Kafka;

/// <summary>Reads changelog partitions with a consumer of its own, outside of groups.</summary>
internal sealed class ConfluentChangelogReader : IChangelogReader
{
    private readonly ConfluentClient _client;
    private readonly string _name;
    private readonly CopyingDeserializer _keys = new();
    private readonly CopyingDeserializer _values = new();
    private IConsumer<CopiedBytes, CopiedBytes>? _consumer;

    public ConfluentChangelogReader(ConfluentClient client, string name)
    {
        _client = client;
        _name = name;
    }

    public long Position { get; private set; }

    public long HighWatermark(string topic, int partition) => _client.HighWatermark(topic, partition);

    public void Open(string topic, int partition, long offset)
    {
        _consumer ??= _client.CreateReader(_name, "read_committed", _keys, _values);
        Position = offset;
        _consumer.Assign(new TopicPartitionOffset(topic, partition, offset));
    }

    public bool TryRead(int timeoutMs, out ChangelogRow row)
    {
        row = default;
        try
        {
            var result = _consumer!.Consume(timeoutMs);
            if (result is null) return false;
            if (result.IsPartitionEOF)
            {
                // The reader has come past everything below, markers and aborted rows among it.
                Position = Math.Max(Position, result.Offset.Value);
                return false;
            }

            Position = result.Offset.Value + 1;
            row.Offset = result.Offset.Value;
            row.Key = _keys.Bytes;
            row.Value = _values.Bytes;
            return true;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("Changelog", e);
        }
    }

    public void Dispose() => _consumer?.Dispose();
}
