using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>How a <see cref="TopologyDriver"/> runs its stages.</summary>
public sealed record TopologyDriverOptions
{
    /// <summary>
    /// Whether the log is kept so that instances can crash, restart and restore. Default false: what is committed is forgotten and the
    /// changelog thrown away, so memory stays flat over input of any length.
    /// </summary>
    public bool Recoverable { get; init; }

    /// <summary>Number of instances to start with. Default 1.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>
    /// Partitions of topics created by being piped into. Default 1, the fastest; several show what a group of tasks does.
    /// </summary>
    public int Partitions { get; init; } = 1;

    /// <summary>What the wall clock shows at first.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Asked at every step what goes wrong there, given the instance; null for nothing. Needs <see cref="Recoverable"/>.</summary>
    public Func<string, FaultPoint, Fault>? Faults { get; init; }

    /// <summary>The runtime's options, the same as with Kafka.</summary>
    public StreamsOptions Streams { get; init; } = new()
    {
        ApplicationId = "driver",
        BootstrapServers = "in-process",
        StateDirectory = "in-memory",
        // The driver's clock has nothing to do with the time of the records that are piped in.
        MaxTimestampLead = null,
    };

    /// <summary>Stands between the runtime and the log, to plant a fault that a checker has to find.</summary>
    internal Func<IKafkaClient, IKafkaClient>? Decorate { get; init; }
}
