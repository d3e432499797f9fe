namespace FlowStream.Cli.Settings;

/// <summary>The windows.</summary>
internal sealed class BandwidthSettings
{
    /// <summary>How long after its end a window waits for late messages before it is final.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Whether windows are also emitted at every commit before they are final.</summary>
    public bool? Early { get; init; }
}
