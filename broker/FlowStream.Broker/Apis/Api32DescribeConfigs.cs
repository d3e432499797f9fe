using System.Globalization;
using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// DescribeConfigs (key 32), versions 0-3; none of them flexible. The configuration of topics, and that of the broker where Kafka has a
/// name for it.
/// <list type="bullet">
/// <item>v1 says where a value comes from and lists synonyms (KIP-226); v3 adds type and documentation, which is null (KIP-569).</item>
/// </list>
/// </summary>
/// <param name="topics">The topics.</param>
/// <param name="options">The broker's settings.</param>
internal sealed class Api32DescribeConfigs(TopicStore topics, BrokerOptions options) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.DescribeConfigs, Min: 0, Max: 3, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var queries = reader.ReadArray(ConfigQuery.MinBytes, ConfigQuery.Read);
        var withSynonyms = context.Version >= 1 && reader.ReadBoolean();
        if (context.Version >= 3)
            reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteArrayLength(queries.Count);
        foreach (var query in queries)
        {
            var outcome = Find(query, out var configs);
            response.WriteError(outcome.Error);
            response.WriteString(outcome.Message);
            response.WriteInt8((sbyte)query.Type);
            response.WriteString(query.Name);
            response.WriteArrayLength(configs.Count);
            foreach (var config in configs)
                WriteConfig(response, context.Version, config, withSynonyms);
        }

        return new(HandlerResult.Respond);
    }

    private static void WriteConfig(KafkaWriter response, short version, in DescribedConfig config, bool withSynonyms)
    {
        response.WriteString(config.Name);
        response.WriteString(config.Value);
        response.WriteBoolean(config.IsReadOnly);
        if (version == 0)
            response.WriteBoolean(config.Source == ConfigSource.Default);
        else
            response.WriteInt8((sbyte)config.Source);
        response.WriteBoolean(false);
        if (version >= 1)
            WriteSynonyms(response, config, withSynonyms);
        if (version < 3)
            return;
        response.WriteInt8((sbyte)config.Type);
        response.WriteString(null);
    }

    private static void WriteSynonyms(KafkaWriter response, in DescribedConfig config, bool withSynonyms)
    {
        var isSet = config.Source != ConfigSource.Default;
        response.WriteArrayLength(!withSynonyms ? 0 : isSet ? 2 : 1);
        if (!withSynonyms)
            return;
        if (isSet)
            WriteSynonym(response, config.Name, config.Value, config.Source);
        WriteSynonym(response, config.Name, config.Default, ConfigSource.Default);
    }

    private static void WriteSynonym(KafkaWriter response, string name, string value, ConfigSource source)
    {
        response.WriteString(name);
        response.WriteString(value);
        response.WriteInt8((sbyte)source);
    }

    private TopicOutcome Find(ConfigQuery query, out List<DescribedConfig> configs)
    {
        configs = [];
        switch (query.Type)
        {
            case ConfigResourceType.Topic when topics.Find(query.Name) is { } topic:
                configs.AddRange(OfTopic(topic));
                break;
            case ConfigResourceType.Topic:
                return new(TopicName.IsValid(query.Name) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopicException);
            case ConfigResourceType.Broker when query.Name == options.NodeId.ToString(CultureInfo.InvariantCulture):
                configs.AddRange(OfBroker());
                break;
            case ConfigResourceType.Broker when query.Name.Length == 0:
                break;
            default:
                return new(ErrorCode.InvalidRequest, "Only topics and the one broker have a configuration here.");
        }

        if (query.Keys is { } keys)
            configs.RemoveAll(config => !keys.Contains(config.Name));
        return TopicOutcome.Done;
    }

    private static IEnumerable<DescribedConfig> OfTopic(Topic topic) => TopicConfigCatalogue.All.Select(definition =>
        topic.Configs.TryGetValue(definition.Name, out var value)
            ? new DescribedConfig(definition.Name, value, definition.Type, ConfigSource.Topic, definition.Default, IsReadOnly: false)
            : new(definition.Name, definition.Default, definition.Type, ConfigSource.Default, definition.Default, IsReadOnly: false));

    private IEnumerable<DescribedConfig> OfBroker()
    {
        var standard = new BrokerOptions { DataDirectory = options.DataDirectory };
        return
        [
            Setting("auto.create.topics.enable", TopicConfigType.Boolean, broker => broker.AutoCreateTopics ? "true" : "false", standard),
            Setting("broker.id", TopicConfigType.Int, broker => Text(broker.NodeId), standard),
            Setting("connections.max.idle.ms", TopicConfigType.Long, broker => Text(broker.ConnectionIdleTimeout), standard),
            Setting("default.replication.factor", TopicConfigType.Int, _ => Text(1), standard),
            Setting("fetch.max.bytes", TopicConfigType.Int, broker => Text(broker.MaxFetchBytes), standard),
            Setting("group.initial.rebalance.delay.ms", TopicConfigType.Int, broker => Text(broker.GroupInitialRebalanceDelay), standard),
            Setting("log.retention.check.interval.ms", TopicConfigType.Long, broker => Text(broker.RetentionCheckInterval), standard),
            Setting("max.connections", TopicConfigType.Int, broker => Text(broker.MaxConnections), standard),
            Setting("num.partitions", TopicConfigType.Int, broker => Text(broker.DefaultPartitions), standard),
            Setting("socket.request.max.bytes", TopicConfigType.Int, broker => Text(broker.MaxRequestBytes), standard),
        ];
    }

    private static string Text(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private DescribedConfig Setting(string name, TopicConfigType type, Func<BrokerOptions, string> value, BrokerOptions standard)
    {
        var (actual, usual) = (value(options), value(standard));
        return new(name, actual, type, actual == usual ? ConfigSource.Default : ConfigSource.StaticBroker, usual, IsReadOnly: true);
    }
}
