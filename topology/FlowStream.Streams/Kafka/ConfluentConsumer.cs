using Confluent.Kafka;
using FlowStream.Streams.Clients;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Kafka;

/// <summary>A group member over Confluent.Kafka.</summary>
internal sealed class ConfluentConsumer : IInputConsumer
{
    // Bounds a call that the broker does not answer; the thread then serves its callbacks and asks again.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly CopyingDeserializer _keys = new();
    private readonly CopyingDeserializer _values = new();
    private readonly ConfluentHeaders _headers = new();
    private readonly IConsumer<CopiedBytes, CopiedBytes> _consumer;
    private readonly string _topic;
    private readonly bool _readsHeaders;
    private IRebalanceListener? _listener;

    public ConfluentConsumer(IReadOnlyDictionary<string, string> properties, string topic, bool readsHeaders, ILogger logger)
    {
        _topic = topic;
        _readsHeaders = readsHeaders;
        _consumer = new ConsumerBuilder<CopiedBytes, CopiedBytes>(properties)
            .SetKeyDeserializer(_keys)
            .SetValueDeserializer(_values)
            .SetLogHandler((_, message) => ClientLog.Write(logger, message))
            .SetErrorHandler((_, error) => ClientLog.Write(logger, error))
            .SetPartitionsAssignedHandler((_, partitions) => _listener!.OnAssigned([.. partitions.Select(it => it.Partition.Value)]))
            .SetPartitionsRevokedHandler((_, partitions) => _listener!.OnRevoked([.. partitions.Select(it => it.Partition.Value)]))
            .SetPartitionsLostHandler((_, partitions) => _listener!.OnLost([.. partitions.Select(it => it.Partition.Value)]))
            .Build();
    }

    /// <summary>What proves to the group coordinator of which generation this member is; to be asked at every commit.</summary>
    public IConsumerGroupMetadata GroupMetadata => _consumer.ConsumerGroupMetadata;

    /// <summary>The topic read.</summary>
    public string Topic => _topic;

    public void Subscribe(IRebalanceListener listener)
    {
        _listener = listener;
        _consumer.Subscribe(_topic);
    }

    public PollResult Poll(int timeoutMs, out ConsumedRecord record)
    {
        record = default;
        try
        {
            var result = _consumer.Consume(timeoutMs);
            if (result is null) return PollResult.Nothing;
            record.Partition = result.Partition.Value;
            record.Offset = result.Offset.Value;
            if (result.IsPartitionEOF) return PollResult.EndOfPartition;
            record.Timestamp = result.Message.Timestamp.UnixTimestampMs;
            record.Key = _keys.Bytes;
            record.Value = _values.Bytes;
            if (_readsHeaders) record.Headers = _headers.Show(result.Message.Headers);
            return PollResult.Record;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("Consume", e);
        }
    }

    public long? Committed(int partition)
    {
        try
        {
            var offset = _consumer.Committed([new TopicPartition(_topic, partition)], CallTimeout)[0].Offset;
            return offset == Offset.Unset ? null : offset.Value;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("Committed", e);
        }
    }

    public (long Start, long End) Range(int partition)
    {
        try
        {
            var offsets = _consumer.QueryWatermarkOffsets(new TopicPartition(_topic, partition), CallTimeout);
            return (offsets.Low.Value, offsets.High.Value);
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("QueryWatermarkOffsets", e);
        }
    }

    public bool TrySeek(int partition, long offset)
    {
        try
        {
            _consumer.Seek(new TopicPartitionOffset(_topic, partition, offset));
            return true;
        }
        catch (KafkaException e) when (
            e.Error.Code is ErrorCode.Local_State or ErrorCode.Local_UnknownPartition or ErrorCode.Local_TimedOut)
        {
            // The assignment has not reached the fetcher yet, or is gone again.
            return false;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("Seek", e);
        }
    }

    public void Pause(int partition) => Assigned("Pause", partition, static (consumer, it) => consumer.Pause(it));

    public void Resume(int partition) => Assigned("Resume", partition, static (consumer, it) => consumer.Resume(it));

    public void Close() => _consumer.Close();

    public void Dispose() => _consumer.Dispose();

    private void Assigned(string name, int partition, Action<IConsumer<CopiedBytes, CopiedBytes>, IEnumerable<TopicPartition>> call)
    {
        try
        {
            call(_consumer, [new TopicPartition(_topic, partition)]);
        }
        catch (TopicPartitionException e) when (e.Results.All(it => it.Error.Code is ErrorCode.Local_UnknownPartition))
        {
            // Taken away in the meantime; the listener has heard of it or will.
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead(name, e);
        }
    }
}
