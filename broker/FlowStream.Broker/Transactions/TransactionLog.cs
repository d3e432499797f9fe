using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Transactions;

/// <summary>
/// Writes the transaction coordinator's state to <c>__transaction_state</c>. An append that returns is as durable as any acknowledged
/// produce. Safe for use by several threads; each append takes its turn.
/// </summary>
internal sealed class TransactionLog : IDisposable
{
    private readonly PartitionLog _log;
    private readonly Lock _building = new();
    private readonly RecordBatchBuilder _batch = new();
    private readonly KafkaWriter _key = new();
    private readonly KafkaWriter _value = new();

    /// <summary>Writes to this log.</summary>
    public TransactionLog(PartitionLog log) => _log = log;

    /// <summary>The configuration of a new topic.</summary>
    public static IReadOnlyDictionary<string, string> TopicConfigs { get; } =
        new Dictionary<string, string> { ["cleanup.policy"] = "compact" };

    /// <summary>Appends the state of a transactional id.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Append(TransactionMetadata metadata)
    {
        lock (_building)
        {
            Begin();
            TransactionRecords.WriteKey(_key, metadata.TransactionalId);
            TransactionRecords.WriteValue(_value, metadata);
            AppendRecord(metadata.UpdateTimestamp, _value.Written.Span);
        }
    }

    /// <summary>Appends the end of a transactional id.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void AppendTombstone(string transactionalId, long timestamp)
    {
        lock (_building)
        {
            Begin();
            TransactionRecords.WriteKey(_key, transactionalId);
            AppendRecord(timestamp, default);
        }
    }

    /// <summary>Appends how far producer ids are handed out.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void AppendProducerIds(long next, long timestamp)
    {
        lock (_building)
        {
            Begin();
            TransactionRecords.WriteProducerIdKey(_key);
            _value.WriteInt64(next);
            AppendRecord(timestamp, _value.Written.Span);
        }
    }

    /// <summary>Visits everything that is there.</summary>
    public void Replay(RecordVisitor visitor) => _log.Replay(_log.LogStartOffset, visitor);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _value.Dispose();
    }

    private void Begin()
    {
        _batch.Reset();
        _key.Reset();
        _value.Reset();
    }

    private void AppendRecord(long timestamp, ReadOnlySpan<byte> value)
    {
        _batch.Add(timestamp, _key.Written.Span, value);
        var result = _log.Append(_batch.Build(), AppendContext.Internal);
        if (result.Error != ErrorCode.None)
            throw new IOException($"append to {TopicName.TransactionState} failed: {result.Error} {result.Message}");
    }
}
