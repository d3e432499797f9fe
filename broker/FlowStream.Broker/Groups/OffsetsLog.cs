using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <summary>
/// Writes the group coordinator's state to <c>__consumer_offsets</c>. An append that returns is as durable as any acknowledged produce.
/// Safe for use by several threads; each append takes its turn.
/// </summary>
internal sealed class OffsetsLog : IDisposable
{
    /// <summary>The topic has one partition: one broker has nobody to share the coordination with.</summary>
    public static readonly TopicPartition Partition = new(TopicName.ConsumerOffsets, 0);

    // A commit of very many offsets is cut into batches of about this size, well below the topic's max.message.bytes.
    private const int BatchBytes = 512 * 1024;

    private readonly PartitionLog _log;
    private readonly Lock _building = new();
    private readonly RecordBatchBuilder _batch = new();
    private readonly KafkaWriter _key = new();
    private readonly KafkaWriter _value = new();

    /// <summary>Writes to this log.</summary>
    public OffsetsLog(PartitionLog log) => _log = log;

    /// <summary>The configuration of a new topic: one group's record holds the metadata and assignments of all its members.</summary>
    public static IReadOnlyDictionary<string, string> TopicConfigs { get; } = new Dictionary<string, string>
    {
        ["cleanup.policy"] = "compact",
        ["max.message.bytes"] = "67108864",
    };

    /// <summary>Appends offsets.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="offsets">What to commit; a null offset is a tombstone.</param>
    /// <param name="timestamp">The record timestamp, Unix milliseconds.</param>
    /// <param name="producerId">The producer of the transaction, or -1.</param>
    /// <param name="producerEpoch">Its epoch, or -1.</param>
    /// <returns>The offset of each record in the log, in the order given.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public long[] Append(
        string groupId,
        IReadOnlyList<(TopicPartition Partition, CommittedOffset? Offset)> offsets,
        long timestamp,
        long producerId = -1,
        short producerEpoch = -1)
    {
        var logOffsets = new long[offsets.Count];
        lock (_building)
        {
            for (var from = 0; from < offsets.Count;)
            {
                Begin(producerId, producerEpoch);
                var to = from;
                for (var bytes = 0; to < offsets.Count && bytes < BatchBytes; to++)
                    bytes += Add(groupId, offsets[to].Partition, offsets[to].Offset, timestamp);
                var baseOffset = AppendBatch();
                for (; from < to; from++)
                    logOffsets[from] = baseOffset++;
            }
        }

        return logOffsets;
    }

    /// <summary>Appends a group, or its tombstone.</summary>
    /// <exception cref="IOException">It could not be written, for example because it is larger than the log's largest batch.</exception>
    public void Append(string groupId, GroupSnapshot? group, long timestamp)
    {
        lock (_building)
        {
            Begin(-1, -1);
            _key.Reset();
            _value.Reset();
            OffsetsRecords.WriteGroupKey(_key, groupId);
            if (group is not null)
                OffsetsRecords.WriteGroupValue(_value, group, timestamp);
            _batch.Add(timestamp, _key.Written.Span, group is null ? default : _value.Written.Span);
            AppendBatch();
        }
    }

    /// <summary>Ends a transaction's offsets.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void AppendMarker(long producerId, short producerEpoch, bool commit, int coordinatorEpoch) =>
        ThrowIfFailed(_log.AppendMarker(producerId, producerEpoch, commit, coordinatorEpoch));

    /// <summary>Visits everything that is there.</summary>
    public void Replay(RecordVisitor visitor) => _log.Replay(_log.LogStartOffset, visitor);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _value.Dispose();
    }

    private void Begin(long producerId, short producerEpoch)
    {
        _batch.Reset();
        _batch.ProducerId = producerId;
        _batch.ProducerEpoch = producerEpoch;
        _batch.IsTransactional = producerId >= 0;
    }

    private int Add(string groupId, TopicPartition partition, CommittedOffset? offset, long timestamp)
    {
        _key.Reset();
        _value.Reset();
        OffsetsRecords.WriteOffsetKey(_key, groupId, partition);
        if (offset is not null)
            OffsetsRecords.WriteOffsetValue(_value, offset);
        _batch.Add(timestamp, _key.Written.Span, offset is null ? default : _value.Written.Span);
        return _key.Length + _value.Length;
    }

    private long AppendBatch()
    {
        var result = _log.Append(_batch.Build(), AppendContext.Internal);
        ThrowIfFailed(result);
        return result.BaseOffset;
    }

    private static void ThrowIfFailed(in AppendResult result)
    {
        if (result.Error != ErrorCode.None)
            throw new IOException($"append to {TopicName.ConsumerOffsets} failed: {result.Error} {result.Message}");
    }
}
