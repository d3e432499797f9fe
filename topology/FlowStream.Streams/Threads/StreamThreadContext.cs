using FlowStream.Streams.Clients;
using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>What a thread works with.</summary>
internal sealed record StreamThreadContext
{
    /// <summary>Name of the thread, unique in the application.</summary>
    public required string Name { get; init; }

    /// <summary>Consumer group of the stage.</summary>
    public required string GroupId { get; init; }

    /// <summary>Transactional id, the same whenever this thread of this instance starts.</summary>
    public required string TransactionalId { get; init; }

    /// <summary>Changelog topic of the stage.</summary>
    public required string ChangelogTopic { get; init; }

    public required IKafkaClient Client { get; init; }

    public required ISnapshotStore Snapshots { get; init; }

    public required StreamsOptions Options { get; init; }

    public required TimeProvider Time { get; init; }

    public required StreamsEvents Events { get; init; }

    /// <summary>Questions about the state of the thread's tasks.</summary>
    public StateQueries Queries { get; init; } = new();
}
