namespace FlowStream.Cli.Settings;

/// <summary>The runtime of the stages.</summary>
internal sealed class TopologySettings
{
    /// <summary>Prefix of consumer groups, internal topics and transactional ids.</summary>
    public string ApplicationId { get; init; } = "flowstream";

    /// <summary>Longest time between two commits.</summary>
    public TimeSpan? CommitInterval { get; init; }
}
