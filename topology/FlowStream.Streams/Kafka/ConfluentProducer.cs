using Confluent.Kafka;
using FlowStream.Streams.Clients;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Kafka;

/// <summary>A transactional producer over Confluent.Kafka; allocates nothing per record but for headers and long values.</summary>
internal sealed class ConfluentProducer : ITransactionalProducer
{
    // How long one wait for room in librdkafka's queue lasts before it is looked at again.
    private static readonly TimeSpan QueueWait = TimeSpan.FromMilliseconds(10);

    private readonly ExactLengthBuffers _keys = new();
    private readonly ExactLengthBuffers _values = new();
    private readonly Message<byte[], byte[]> _message = new();
    private readonly Dictionary<(string Topic, int Partition), TopicPartition> _targets = [];
    private readonly List<TopicPartitionOffset> _offsets = [];
    private readonly IProducer<byte[], byte[]> _producer;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private volatile bool _isSuspect;

    public ConfluentProducer(IReadOnlyDictionary<string, string> properties, TimeSpan timeout, TimeProvider time, ILogger logger)
    {
        _timeout = timeout;
        _time = time;
        _producer = new ProducerBuilder<byte[], byte[]>(properties)
            .SetLogHandler((_, message) => ClientLog.Write(logger, message))
            .SetErrorHandler((_, error) =>
            {
                // Called on librdkafka's poll thread.
                if (ConfluentErrors.LeavesDoubt(error.Code)) _isSuspect = true;
                ClientLog.Write(logger, error);
            })
            .Build();
    }

    public bool IsSuspect => _isSuspect;

    public void InitTransactions() => Call("InitTransactions", () => _producer.InitTransactions(_timeout));

    public void Begin()
    {
        _isSuspect = false;
        Call("BeginTransaction", _producer.BeginTransaction);
    }

    public void Send(
        string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool tombstone, long timestamp,
        IRecordHeaders? headers)
    {
        _message.Key = key.IsEmpty ? null! : _keys.Copy(key);
        _message.Value = tombstone ? null! : _values.Copy(value);
        _message.Timestamp = new Timestamp(timestamp, TimestampType.CreateTime);
        _message.Headers = headers is null ? null : ToHeaders(headers);
        var target = Target(topic, partition);
        var start = 0L;
        while (!TryProduce(target))
        {
            if (start == 0) start = _time.GetTimestamp();
            else if (_time.GetElapsedTime(start) > _timeout)
                throw new KafkaClientException(ClientFailure.TransactionLost, "The send queue stays full.");
            _producer.Flush(QueueWait);
        }
    }

    public void SendOffsets(IInputConsumer consumer, IReadOnlyList<PartitionOffset> offsets)
    {
        var member = (ConfluentConsumer)consumer;
        _offsets.Clear();
        foreach (var offset in offsets) _offsets.Add(new TopicPartitionOffset(member.Topic, offset.Partition, offset.Offset));
        Call("SendOffsetsToTransaction", () => _producer.SendOffsetsToTransaction(_offsets, member.GroupMetadata, _timeout));
    }

    public void Commit() => Call("CommitTransaction", () => _producer.CommitTransaction(_timeout));

    public void Dispose() => _producer.Dispose();

    private bool TryProduce(TopicPartition target)
    {
        try
        {
            _producer.Produce(target, _message);
            return true;
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfTransaction("Produce", e);
        }
    }

    private static void Call(string name, Action call)
    {
        try
        {
            call();
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfTransaction(name, e);
        }
    }

    private TopicPartition Target(string topic, int partition)
    {
        if (_targets.TryGetValue((topic, partition), out var target)) return target;
        target = new TopicPartition(topic, partition < 0 ? Partition.Any : new Partition(partition));
        _targets.Add((topic, partition), target);
        return target;
    }

    private static Headers ToHeaders(IRecordHeaders headers)
    {
        var copy = new Headers();
        for (var i = 0; i < headers.Count; i++) copy.Add(headers.Name(i), headers.Value(i).ToArray());
        return copy;
    }
}
