using System.Net;
using System.Security.Cryptography;
using FlowStream.Bandwidth;
using FlowStream.Producers.Kafka;
using FlowStream.Sessions;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Cli.Settings;

/// <summary>Gives each part the options that the settings hold for it.</summary>
internal static class SettingsMapping
{
    /// <summary>The raw topic; a <c>--bootstrap</c> on the command line wins over the settings.</summary>
    public static RawTopicOptions RawTopic(this FlowStreamSettings settings, string? bootstrap) => new()
    {
        Bootstrap = bootstrap ?? settings.Kafka.Bootstrap,
        Partitions = settings.Raw.Partitions,
        Client = settings.Kafka.Client,
    };

    /// <summary>What the stages do.</summary>
    /// <exception cref="CommandFailedException">A value is outside its range.</exception>
    public static TopologyOptions Stages(this FlowStreamSettings settings)
    {
        try
        {
            TopologyOptions options = settings.UncheckedStages();
            options.Sessions.Validate();
            options.Bandwidth.Validate();
            Aggregation.Validate(options.Aggregations);
            return options;
        }
        catch (ArgumentException failure)
        {
            throw new CommandFailedException($"settings: {failure.Message}", failure);
        }
    }

    /// <summary>How the stages run.</summary>
    public static StreamsOptions Streams(
        this FlowStreamSettings settings, string? bootstrap, string stateDirectory, int threads, IPEndPoint? http)
    {
        var options = new StreamsOptions
        {
            ApplicationId = settings.Topology.ApplicationId,
            BootstrapServers = bootstrap ?? settings.Kafka.Bootstrap,
            StateDirectory = stateDirectory,
            Threads = threads,
            ApplicationServer = http?.ToString(),
            ClientProperties = settings.Kafka.Client,
        };
        return options with
        {
            CommitInterval = settings.Topology.CommitInterval ?? options.CommitInterval,
            SessionTimeout = settings.Topology.SessionTimeout ?? options.SessionTimeout,
            MaxTimestampLead = settings.Time.MaxAhead ?? options.MaxTimestampLead,
            StaticMembership = settings.Topology.StaticMembership ?? options.StaticMembership,
        };
    }

    private static TopologyOptions UncheckedStages(this FlowStreamSettings settings)
    {
        var sessions = new SessionOptions();
        return new TopologyOptions
        {
            HashSeed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            Sessions = sessions with
            {
                SettleTime = settings.Sessions.SettleTime ?? sessions.SettleTime,
                IdleTimeout = settings.Sessions.IdleTimeout ?? sessions.IdleTimeout,
                Remember = settings.Sessions.Remember ?? sessions.Remember,
                MaxSkew = settings.Time.MaxSkew ?? sessions.MaxSkew,
                Aliases = settings.Devices.Aliases,
                DeviceIdleTimeouts = settings.Devices.IdleTimeouts,
            },
            Bandwidth = settings.Windows(),
            RawPartitions = settings.Raw.Partitions,
            Aggregations = settings.Bandwidth.Aggregations.Count == 0
                ? Aggregation.Defaults
                : [.. settings.Bandwidth.Aggregations.Select(Aggregation.Parse)],
        };
    }

    private static BandwidthOptions Windows(this FlowStreamSettings settings)
    {
        var options = new BandwidthOptions();
        BandwidthSettings own = settings.Bandwidth;
        return options with
        {
            Grace = own.Grace ?? options.Grace,
            Early = own.Early ?? options.Early,
            SourceIdle = own.SourceIdle ?? options.SourceIdle,
            Retention = own.Retention ?? options.Retention,
            MaxKeysPerWindow = own.MaxKeysPerWindow ?? options.MaxKeysPerWindow,
            TopTalkers = own.TopTalkers ?? options.TopTalkers,
            Longer = own.Longer ?? options.Longer,
            Prefixes = new PrefixLengths(own.PrefixIPv4 ?? options.Prefixes.IPv4, own.PrefixIPv6 ?? options.Prefixes.IPv6),
        };
    }
}
