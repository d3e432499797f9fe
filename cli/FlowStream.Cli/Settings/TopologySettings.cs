namespace FlowStream.Cli.Settings;

/// <summary>The runtime of the stages.</summary>
internal sealed class TopologySettings
{
    /// <summary>Prefix of consumer groups, internal topics and transactional ids.</summary>
    public string ApplicationId { get; init; } = "flowstream";

    /// <summary>Longest time between two commits.</summary>
    public TimeSpan? CommitInterval { get; init; }

    /// <summary>How long a process may be silent before its partitions move to the others.</summary>
    public TimeSpan? SessionTimeout { get; init; }

    /// <summary>Whether a process that comes back within the session timeout gets its partitions back without a rebalance.</summary>
    public bool? StaticMembership { get; init; }
}
