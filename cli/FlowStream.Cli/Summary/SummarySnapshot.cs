namespace FlowStream.Cli.Summary;

/// <summary>What the live summary shows at one moment.</summary>
internal sealed record SummarySnapshot
{
    public required TimeSpan Running { get; init; }

    public required long Received { get; init; }

    public required double ReceivedPerSecond { get; init; }

    public required long Rejected { get; init; }

    public required long KernelDropped { get; init; }

    public required long Acknowledged { get; init; }

    public required long Parsed { get; init; }

    public required IReadOnlyDictionary<string, long> DeadLetters { get; init; }

    public required long OpenSessions { get; init; }

    public required long Completed { get; init; }

    public required long Denied { get; init; }

    public required IReadOnlyList<RecentSession> Recent { get; init; }

    public required DateTimeOffset? WindowStart { get; init; }

    public required IReadOnlyList<ApplicationBytes> Applications { get; init; }

    public long DeadLettered => DeadLetters.Values.Sum();
}
