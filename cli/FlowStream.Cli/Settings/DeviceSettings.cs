namespace FlowStream.Cli.Settings;

/// <summary>The firewalls.</summary>
internal sealed class DeviceSettings
{
    /// <summary>Host names of cluster nodes, each with the one name that the cluster is reported under.</summary>
    public Dictionary<string, string> Aliases { get; init; } = [];
}
