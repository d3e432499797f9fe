namespace FlowStream.Cli.Settings;

/// <summary>The firewalls.</summary>
internal sealed class DeviceSettings
{
    /// <summary>
    /// Host names or serial numbers of devices, such as the nodes of a cluster, each with the one name that they are reported under.
    /// </summary>
    public Dictionary<string, string> Aliases { get; init; } = [];

    /// <summary>After how long without a message a session ends as timeout-inferred, by the name its device is reported under.</summary>
    public Dictionary<string, TimeSpan> IdleTimeouts { get; init; } = [];
}
