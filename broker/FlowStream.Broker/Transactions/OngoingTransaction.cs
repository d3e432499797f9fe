using System.Collections.Immutable;
using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Transactions;

/// <summary>What Produce may write for one producer.</summary>
/// <param name="Epoch">The producer's epoch.</param>
/// <param name="Partitions">The partitions of its transaction.</param>
internal sealed record OngoingTransaction(short Epoch, ImmutableHashSet<TopicPartition> Partitions);
