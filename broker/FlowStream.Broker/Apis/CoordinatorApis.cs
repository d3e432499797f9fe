using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;

namespace FlowStream.Broker.Apis;

/// <summary>The APIs of groups and transactions.</summary>
internal static class CoordinatorApis
{
    /// <summary>Adds their handlers.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="groups">The group coordinator.</param>
    /// <param name="transactions">The transaction coordinator.</param>
    /// <param name="options">The broker's settings.</param>
    public static void AddTo(
        ApiRegistry registry, TopicStore topics, GroupCoordinator groups, TransactionCoordinator transactions, BrokerOptions options)
    {
        registry.Add(new Api08OffsetCommit(groups, topics));
        registry.Add(new Api09OffsetFetch(groups));
        registry.Add(new Api10FindCoordinator(options));
        registry.Add(new Api11JoinGroup(groups));
        registry.Add(new Api12Heartbeat(groups));
        registry.Add(new Api13LeaveGroup(groups));
        registry.Add(new Api14SyncGroup(groups));
        registry.Add(new Api15DescribeGroups(groups));
        registry.Add(new Api16ListGroups(groups));
        registry.Add(new Api22InitProducerId(transactions));
        registry.Add(new Api24AddPartitionsToTxn(transactions, topics));
        registry.Add(new Api25AddOffsetsToTxn(transactions));
        registry.Add(new Api26EndTxn(transactions));
        registry.Add(new Api28TxnOffsetCommit(groups, transactions, topics));
        registry.Add(new Api42DeleteGroups(groups));
        registry.Add(new Api47OffsetDelete(groups));
    }
}
