namespace FlowStream.Cli.Settings;

/// <summary>Everything that can be set from outside, as it stands in <c>appsettings.json</c>. Unset values keep their defaults.</summary>
internal sealed class FlowStreamSettings
{
    /// <summary>The Kafka cluster.</summary>
    public KafkaSettings Kafka { get; init; } = new();

    /// <summary>The raw topic.</summary>
    public RawSettings Raw { get; init; } = new();

    /// <summary>The join.</summary>
    public SessionSettings Sessions { get; init; } = new();

    /// <summary>Time.</summary>
    public TimeSettings Time { get; init; } = new();

    /// <summary>The firewalls.</summary>
    public DeviceSettings Devices { get; init; } = new();

    /// <summary>The windows.</summary>
    public BandwidthSettings Bandwidth { get; init; } = new();

    /// <summary>The runtime of the stages.</summary>
    public TopologySettings Topology { get; init; } = new();
}
