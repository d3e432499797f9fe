namespace FlowStream.Cli.Settings;

/// <summary>Time.</summary>
internal sealed class TimeSettings
{
    /// <summary>How far a device's clock may be from the record timestamp before the latter is used.</summary>
    public TimeSpan? MaxSkew { get; init; }

    /// <summary>How far a record timestamp may be ahead of the wall clock before the wall clock is used.</summary>
    public TimeSpan? MaxAhead { get; init; }
}
