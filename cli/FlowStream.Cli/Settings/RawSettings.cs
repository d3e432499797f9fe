namespace FlowStream.Cli.Settings;

/// <summary>The raw topic.</summary>
internal sealed class RawSettings
{
    /// <summary>Partitions it is created with when it does not exist.</summary>
    public int Partitions { get; init; } = 4;
}
