using FlowStream.Bandwidth;
using FlowStream.Sessions;

namespace FlowStream.Topology;

/// <summary>What the stages do; how they run is <see cref="Streams.StreamsOptions"/>.</summary>
public sealed record TopologyOptions
{
    /// <summary>
    /// Secret of the hash tables in memory, so that no sender can choose sessions that collide: drawn anew by each process. Nothing that is
    /// written depends on it.
    /// </summary>
    public required ulong HashSeed { get; init; }

    /// <summary>How sessions are joined: the section <c>Sessions</c> of the configuration.</summary>
    public SessionOptions Sessions { get; init; } = new();

    /// <summary>How windows are kept and emitted: the section <c>Bandwidth</c>.</summary>
    public BandwidthOptions Bandwidth { get; init; } = new();

    /// <summary>
    /// Partitions of the raw topic: the tasks whose times the bandwidth stage waits for. 0 when it is not known; then it waits for those
    /// that it has heard of.
    /// </summary>
    public int RawPartitions { get; init; }

    /// <summary>What bandwidth is added up by: <c>Bandwidth:Aggregations</c>.</summary>
    public IReadOnlyList<Aggregation> Aggregations { get; init; } = Aggregation.Defaults;
}
