using System.Collections.Immutable;
using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Transactions;

/// <summary>Everything about one transactional id. Immutable: a change is a new value, which counts once it is in the log.</summary>
internal sealed record TransactionMetadata
{
    /// <summary>The highest epoch that a producer is given; the one above is left for fencing it (KIP-360).</summary>
    public const short LastUsableEpoch = short.MaxValue - 1;

    /// <summary>The transactional id.</summary>
    public required string TransactionalId { get; init; }

    /// <summary>The producer that has the id.</summary>
    public required long ProducerId { get; init; }

    /// <summary>Its epoch; whoever shows a lower one is fenced.</summary>
    public required short ProducerEpoch { get; init; }

    /// <summary>
    /// The producer before <see cref="ProducerId"/> when its epochs ran out, else -1: a retried InitProducerId is known by it.
    /// </summary>
    public long LastProducerId { get; init; } = -1;

    /// <summary>The epoch that the producer showed when it asked for the present one (KIP-360), else -1. Not in the log.</summary>
    public short LastProducerEpoch { get; init; } = -1;

    /// <summary>How long a transaction may take, milliseconds.</summary>
    public required int TimeoutMs { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransactionState State { get; init; }

    /// <summary>The partitions of the transaction; the offsets topic among them when it carries group offsets.</summary>
    public ImmutableHashSet<TopicPartition> Partitions { get; init; } = [];

    /// <summary>When the transaction began, Unix milliseconds; -1 when there is none.</summary>
    public long StartTimestamp { get; init; } = -1;

    /// <summary>When this last changed, Unix milliseconds.</summary>
    public required long UpdateTimestamp { get; init; }

    /// <summary>Whether the outcome is decided and the markers are not all written yet.</summary>
    public bool IsPrepared => State is TransactionState.PrepareCommit or TransactionState.PrepareAbort;

    /// <summary>Whether no further epoch can be given to a producer under this producer id.</summary>
    public bool IsEpochExhausted => ProducerEpoch >= LastUsableEpoch;
}
