using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>A transactional producer over the in-memory log: fenced by epoch, its offsets by the group's generation.</summary>
internal sealed class InMemoryProducer : ITransactionalProducer
{
    private readonly InMemoryBroker _broker;
    private readonly FaultInjector _faults;
    private readonly string _transactionalId;
    private InMemoryTransaction? _transaction;
    private InMemoryTopic? _lastTopic;
    private int _epoch;

    public InMemoryProducer(InMemoryBroker broker, string transactionalId, FaultInjector faults)
    {
        _broker = broker;
        _transactionalId = transactionalId;
        _faults = faults;
    }

    public bool IsSuspect => false;

    public void InitTransactions()
    {
        if (_faults.IsActive) _faults.At(FaultPoint.InitTransactions);
        _transaction = _broker.InitTransactions(_transactionalId);
        _epoch = _transaction.Epoch;
    }

    // Local, as in librdkafka: the coordinator hears of the transaction with its first partition or offset.
    public void Begin() => ArgumentNullException.ThrowIfNull(_transaction);

    public void Send(
        string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool tombstone, long timestamp,
        IRecordHeaders? headers)
    {
        if (_faults.IsActive) _faults.At(FaultPoint.Send);
        var transaction = Enter();
        if (!ReferenceEquals(_lastTopic?.Name, topic)) _lastTopic = _broker.Topic(topic);
        var target = _lastTopic!;
        var log = target.Partitions[partition >= 0 ? partition : target.PartitionFor(key)];
        transaction.Partitions.Add(log);
        log.Append(key, value, timestamp, headers is null ? null : RecordHeaders.Copy(headers), transaction.ProducerId);
        _broker.Activity++;
    }

    public void SendOffsets(IInputConsumer consumer, IReadOnlyList<PartitionOffset> offsets)
    {
        if (_faults.IsActive) _faults.At(FaultPoint.SendOffsets);
        var transaction = Enter();
        var member = (InMemoryConsumer)consumer;
        if (!member.Group.Contains(member) || member.Generation != member.Group.Generation)
        {
            throw new KafkaClientException(ClientFailure.TransactionLost, "Member of an old generation.");
        }

        transaction.Groups.Add(member.Group);
        foreach (var offset in offsets) member.Group.AddPending(transaction.ProducerId, offset.Partition, offset.Offset);
    }

    public void Commit()
    {
        if (_faults.IsActive && _faults.At(FaultPoint.BeforeCommit) == Fault.LateCommit)
        {
            _broker.CommitLater(_transaction!);
            throw new KafkaClientException(ClientFailure.TransactionLost, "No answer; the request arrives later.");
        }

        _broker.End(Enter(), commit: true);
        if (_faults.IsActive) _faults.At(FaultPoint.AfterCommit);
    }

    // The connection goes; what the transaction left open is the coordinator's until somebody raises the epoch.
    public void Dispose() => _transaction = null;

    private InMemoryTransaction Enter()
    {
        var transaction = _transaction!;
        if (transaction.Epoch != _epoch) throw new KafkaClientException(ClientFailure.TransactionLost, "Fenced by a newer producer.");
        transaction.BeganAtMs ??= _broker.NowMs;
        return transaction;
    }
}
