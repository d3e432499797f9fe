namespace FlowStream.Cli.Settings;

/// <summary>The windows.</summary>
internal sealed class BandwidthSettings
{
    /// <summary>How long after its end a window waits for late messages before it is final.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Whether windows are also emitted at every commit before they are final.</summary>
    public bool? Early { get; init; }

    /// <summary>How long a partition of the raw topic may be silent before windows end without it.</summary>
    public TimeSpan? SourceIdle { get; init; }

    /// <summary>How long a window is kept for corrections.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What to add up by, each as <c>name=dimension,dimension</c>; in place of the default ones.</summary>
    public IReadOnlyList<string> Aggregations { get; init; } = [];

    /// <summary>Most keys of an aggregation in a window; further ones are added up as <c>other</c>.</summary>
    public int? MaxKeysPerWindow { get; init; }

    /// <summary>Pairs of addresses with rows of their own in each window and direction.</summary>
    public int? TopTalkers { get; init; }

    /// <summary>Whether there are windows of five minutes and of an hour.</summary>
    public bool? Longer { get; init; }

    /// <summary>Bits of an IPv4 address that prefix dimensions keep.</summary>
    public int? PrefixIPv4 { get; init; }

    /// <summary>Bits of an IPv6 address that prefix dimensions keep.</summary>
    public int? PrefixIPv6 { get; init; }
}
