using FlowStream.Broker.Log;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>Recovery at start, and what time takes away.</content>
internal sealed partial class GroupCoordinator
{
    /// <summary>Reads the log back. To be called once, before the first request.</summary>
    /// <exception cref="InvalidDataException">A record cannot be read.</exception>
    public void Recover()
    {
        var unknown = 0;
        _log.Replay((in LogRecord record) => unknown += Replay(record) ? 0 : 1);
        if (unknown > 0)
            _events.UnknownRecordsSkipped(TopicName.ConsumerOffsets, unknown);
        foreach (var group in _groups.Values)
        {
            lock (group.Gate)
            {
                if (!group.IsStored && group.Offsets.IsEmpty)
                    _groups.TryRemove(group.Id, out _);
                else
                    group.Start();
            }
        }

        // Not earlier: what is half read must not be acted on.
        _retention.Change(_options.OffsetsRetentionCheckInterval, _options.OffsetsRetentionCheckInterval);
    }

    /// <summary>Deletes offsets that are older than the retention, and groups of which nothing is left.</summary>
    public void ApplyRetention()
    {
        var retention = (long)_options.OffsetsRetention.TotalMilliseconds;
        foreach (var group in _groups.Values)
        {
            lock (group.Gate)
            {
                if (group.State.State != GroupState.Empty || group.IsDisposed)
                    continue;
                var now = group.UnixMilliseconds;
                // Offsets of a group that had members age from the moment the last one left; others from their commit.
                var since = group.State.ProtocolType is null ? long.MinValue : group.StateTimestamp;
                var expired = group.Offsets.Expired(offset => now - Math.Max(since, offset.CommitTimestamp), retention);
                if (RemoveOffsets(group, expired) == ErrorCode.None && expired.Count > 0)
                    _events.OffsetsExpired(group.Id, expired.Count);
                if (group.Offsets.IsEmpty && group.State.NextDeadline is null)
                    DeleteEmpty(group);
            }
        }
    }

    private bool Replay(in LogRecord record)
    {
        if (record.IsControl)
        {
            ApplyMarker(record.ProducerId, record.IsCommitMarker);
            return true;
        }

        if (OffsetsRecords.ReadKey(record.Key) is not { } key)
            return false;
        var group = _groups.GetOrAdd(key.GroupId, NewGroup);
        lock (group.Gate)
        {
            if (key.Partition is { } partition)
                ReplayOffset(group, partition, record);
            else if (record.ValueIsNull)
                group.ForgetRecord();
            else
                Restore(group, record);
        }

        return true;
    }

    private void ReplayOffset(CoordinatedGroup group, TopicPartition partition, in LogRecord record)
    {
        if (record.ValueIsNull)
            group.Offsets.Remove(partition);
        else
            Apply(group, partition, OffsetsRecords.ReadOffsetValue(record.Value, record.Offset), record.IsTransactional ? record.ProducerId
                : -1);
    }

    private static void Restore(CoordinatedGroup group, in LogRecord record)
    {
        var (snapshot, stateTimestamp) = OffsetsRecords.ReadGroupValue(record.Value);
        group.Restore(snapshot, stateTimestamp);
    }
}
