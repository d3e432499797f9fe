using System.Text;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Groups;

/// <content>Offsets: commit, fetch, delete, and their part in transactions.</content>
internal sealed partial class GroupCoordinator
{
    /// <summary>Stores offsets. Those whose record is too large, or for which there is no room, are refused one by one.</summary>
    /// <param name="groupId">The group; created when a consumer outside any group commits to an unknown one.</param>
    /// <param name="member">Who commits.</param>
    /// <param name="items">What.</param>
    /// <returns>One code per item.</returns>
    public ErrorCode[] Commit(string groupId, in MemberClaim member, IReadOnlyList<OffsetCommitItem> items) =>
        Commit(groupId, member, items, producerId: -1, producerEpoch: -1);

    /// <summary>Stores offsets that count when the producer's transaction commits. The caller holds the transaction still.</summary>
    /// <param name="groupId">The group; created when it does not exist.</param>
    /// <param name="member">The consumer whose offsets they are; anonymous before TxnOffsetCommit version 3.</param>
    /// <param name="items">What.</param>
    /// <param name="producerId">The producer.</param>
    /// <param name="producerEpoch">Its epoch.</param>
    /// <returns>One code per item.</returns>
    public ErrorCode[] CommitInTransaction(
        string groupId, in MemberClaim member, IReadOnlyList<OffsetCommitItem> items, long producerId, short producerEpoch) =>
        Commit(groupId, member, items, producerId, producerEpoch);

    /// <summary>Writes the marker of a transaction, and lets its offsets count or forgets them.</summary>
    /// <exception cref="IOException">The marker could not be written; nothing has changed.</exception>
    public void EndTransaction(long producerId, short producerEpoch, bool commit, int coordinatorEpoch)
    {
        _log.AppendMarker(producerId, producerEpoch, commit, coordinatorEpoch);
        ApplyMarker(producerId, commit);
    }

    /// <summary>The group's offsets.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">Which; null for all there are.</param>
    /// <param name="requireStable">Whether an offset that an open transaction is about to change is withheld with error 88
    /// (KIP-447).</param>
    public IReadOnlyList<FetchedOffset> FetchOffsets(string groupId, IReadOnlyList<TopicPartition>? partitions, bool requireStable)
    {
        if (Find(groupId) is not { } group)
            return [.. (partitions ?? []).Select(FetchedOffset.None)];
        lock (group.Gate)
        {
            var offsets = group.Offsets;
            IEnumerable<TopicPartition> wanted =
                partitions ?? [.. offsets.Committed.Keys.OrderBy(p => p.Topic, StringComparer.Ordinal).ThenBy(p => p.Partition)];
            return [.. wanted.Select(partition => requireStable && offsets.HasPending(partition)
                ? FetchedOffset.Unstable(partition)
                : new FetchedOffset(partition, offsets.Committed.GetValueOrDefault(partition), ErrorCode.None))];
        }
    }

    /// <summary>Deletes offsets of a group.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">Which.</param>
    /// <param name="error">What stops all of it, or none.</param>
    /// <returns>One code per partition: 86 for a topic that a member subscribes to.</returns>
    public ErrorCode[] DeleteOffsets(string groupId, IReadOnlyList<TopicPartition> partitions, out ErrorCode error)
    {
        error = groupId.Length == 0 ? ErrorCode.InvalidGroupId : ErrorCode.GroupIdNotFound;
        if (Find(groupId) is not { } group)
            return [];
        lock (group.Gate)
        {
            var state = group.State;
            if (state.State == GroupState.Dead)
                return [];
            error = state.State == GroupState.Empty || state.ProtocolType == ConsumerSubscription.ProtocolType
                ? ErrorCode.None
                : ErrorCode.NonEmptyGroup;
            if (error != ErrorCode.None)
                return [];
            var subscribed = state.Members.SelectMany(ConsumerSubscription.TopicsOf).ToHashSet(StringComparer.Ordinal);
            var deleted = partitions.Where(p => !subscribed.Contains(p.Topic) && group.Offsets.Committed.ContainsKey(p)).ToArray();
            error = RemoveOffsets(group, deleted);
            return [.. partitions.Select(p => subscribed.Contains(p.Topic) ? ErrorCode.GroupSubscribedToTopic : ErrorCode.None)];
        }
    }

    /// <summary>Forgets the offsets of a topic that was deleted.</summary>
    public void ForgetTopic(string topic)
    {
        foreach (var group in _groups.Values)
        {
            lock (group.Gate)
                RemoveOffsets(group, [.. group.Offsets.Partitions.Where(partition => partition.Topic == topic)]);
        }
    }

    private ErrorCode[] Commit(
        string groupId, in MemberClaim member, IReadOnlyList<OffsetCommitItem> items, long producerId, short producerEpoch)
    {
        while (true)
        {
            var error = ErrorCode.IllegalGeneration;
            var anonymous = member.Generation < 0 && member.MemberId.Length == 0;
            var group = anonymous ? FindOrCreate(groupId, out error) : Find(groupId);
            if (group is null)
                return Enumerable.Repeat(error, items.Count).ToArray();
            lock (group.Gate)
            {
                if (group.State.State == GroupState.Dead)
                    continue;
                error = group.State.ValidateCommit(member.MemberId, member.InstanceId, member.Generation, producerId >= 0, group.Now);
                return error == ErrorCode.None
                    ? Store(group, items, producerId, producerEpoch)
                    : Enumerable.Repeat(error, items.Count).ToArray();
            }
        }
    }

    private ErrorCode[] Store(CoordinatedGroup group, IReadOnlyList<OffsetCommitItem> items, long producerId, short producerEpoch)
    {
        var now = group.UnixMilliseconds;
        var room =
            _options.MaxOffsetsPerGroup - group.Offsets.Committed.Count - group.Offsets.CountNew(items.Select(item => item.Partition));
        var errors = new ErrorCode[items.Count];
        var accepted = new List<(TopicPartition, CommittedOffset?)>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (Encoding.UTF8.GetByteCount(item.Metadata) > _options.MaxOffsetMetadataBytes)
                errors[i] = ErrorCode.OffsetMetadataTooLarge;
            else if (room < 0)
                errors[i] = ErrorCode.PolicyViolation;
            else
                accepted.Add((item.Partition, new CommittedOffset(item.Offset, item.LeaderEpoch, item.Metadata, now)));
        }

        if (accepted.Count > 0 && !TryStore(group, accepted, now, producerId, producerEpoch))
            return Enumerable.Repeat(ErrorCode.CoordinatorNotAvailable, items.Count).ToArray();
        return errors;
    }

    private bool TryStore(
        CoordinatedGroup group, List<(TopicPartition Partition, CommittedOffset? Offset)> offsets, long now, long producerId,
            short producerEpoch)
    {
        try
        {
            var places = _log.Append(group.Id, offsets, now, producerId, producerEpoch);
            for (var i = 0; i < places.Length; i++)
                Apply(group, offsets[i].Partition, offsets[i].Offset! with { LogOffset = places[i] }, producerId);
            return true;
        }
        catch (IOException error)
        {
            _events.StorageFailed(group.Id, error);
            return false;
        }
    }

    private void Apply(CoordinatedGroup group, TopicPartition partition, CommittedOffset offset, long producerId)
    {
        if (producerId < 0)
        {
            group.Offsets.Commit(partition, offset);
            return;
        }

        group.Offsets.CommitPending(producerId, partition, offset);
        lock (_groupsByProducer)
        {
            if (!_groupsByProducer.TryGetValue(producerId, out var groups))
                _groupsByProducer.Add(producerId, groups = []);
            groups.Add(group);
        }
    }

    private void ApplyMarker(long producerId, bool commit)
    {
        HashSet<CoordinatedGroup>? groups;
        lock (_groupsByProducer)
            _groupsByProducer.Remove(producerId, out groups);
        foreach (var group in groups ?? [])
        {
            lock (group.Gate)
                group.Offsets.EndTransaction(producerId, commit);
        }
    }

    private ErrorCode RemoveOffsets(CoordinatedGroup group, IReadOnlyList<TopicPartition> partitions)
    {
        if (partitions.Count == 0)
            return ErrorCode.None;
        try
        {
            _log.Append(group.Id, [.. partitions.Select(partition => (partition, (CommittedOffset?)null))], group.UnixMilliseconds);
        }
        catch (IOException error)
        {
            _events.StorageFailed(group.Id, error);
            return ErrorCode.CoordinatorNotAvailable;
        }

        foreach (var partition in partitions)
            group.Offsets.Remove(partition);
        return ErrorCode.None;
    }
}
