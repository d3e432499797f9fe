using FlowStream.Broker.Topics;

namespace FlowStream.Broker.Apis;

/// <summary>The APIs of topics, records and the broker itself; those of groups and transactions belong to their coordinators.</summary>
internal static class TopicApis
{
    /// <summary>Adds their handlers.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="transactions">Knows the ongoing transactions; null where there is no transaction coordinator.</param>
    /// <param name="options">The broker's settings.</param>
    /// <param name="clock">The broker's clock.</param>
    public static void AddTo(
        ApiRegistry registry, TopicStore topics, ITransactionGate? transactions, BrokerOptions options, TimeProvider clock)
    {
        registry.Add(new Api00Produce(topics, transactions));
        registry.Add(new Api01Fetch(topics, options, clock));
        registry.Add(new Api02ListOffsets(topics));
        registry.Add(new Api03Metadata(topics, options));
        registry.Add(new Api18ApiVersions(registry));
        registry.Add(new Api19CreateTopics(topics, options));
        registry.Add(new Api20DeleteTopics(topics));
        registry.Add(new Api21DeleteRecords(topics));
        registry.Add(new Api23OffsetForLeaderEpoch(topics));
        registry.Add(new Api32DescribeConfigs(topics, options));
        registry.Add(new Api33AlterConfigs(topics));
        registry.Add(new Api37CreatePartitions(topics, options));
        registry.Add(new Api44IncrementalAlterConfigs(topics));
    }
}
