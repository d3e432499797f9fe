namespace FlowStream.Cli.Settings;

/// <summary>The join.</summary>
internal sealed class SessionSettings
{
    /// <summary>How long after a close the final record waits for the twin close and reordered messages.</summary>
    public TimeSpan? SettleTime { get; init; }

    /// <summary>After how long without a message a session ends as timeout-inferred, instead of the standard times.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>How long an ended session is remembered for corrections.</summary>
    public TimeSpan? Remember { get; init; }
}
