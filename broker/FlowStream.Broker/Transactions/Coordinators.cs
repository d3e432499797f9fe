using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Transactions;

/// <summary>The two coordinators, put together, recovered, and told of deleted topics.</summary>
internal sealed class Coordinators : IDisposable
{
    private readonly TopicStore _topics;

    private Coordinators(TopicStore topics, GroupCoordinator groups, TransactionCoordinator transactions)
    {
        _topics = topics;
        Groups = groups;
        Transactions = transactions;
        topics.Deleted += OnTopicDeleted;
    }

    /// <summary>Consumer groups.</summary>
    public GroupCoordinator Groups { get; }

    /// <summary>Transactions.</summary>
    public TransactionCoordinator Transactions { get; }

    /// <summary>
    /// Opens the internal topics, creating them if need be, and rebuilds what they hold; transactions whose outcome was decided before a
    /// crash are completed when this returns.
    /// </summary>
    /// <param name="options">Limits and times.</param>
    /// <param name="topics">The topics.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Where the coordinators report.</param>
    /// <exception cref="InvalidDataException">A record of an internal topic cannot be read.</exception>
    public static Coordinators Open(BrokerOptions options, TopicStore topics, TimeProvider clock, ILoggerFactory loggers)
    {
        var offsets = topics.GetOrCreateInternal(TopicName.ConsumerOffsets, partitions: 1, OffsetsLog.TopicConfigs).Partitions[0];
        var states = topics.GetOrCreateInternal(TopicName.TransactionState, partitions: 1, TransactionLog.TopicConfigs).Partitions[0];
        var groups = new GroupCoordinator(
            options.Groups with { InitialRebalanceDelay = options.GroupInitialRebalanceDelay },
            new OffsetsLog(offsets),
            clock,
            new GroupEvents(loggers.CreateLogger<GroupCoordinator>()));
        var transactions = new TransactionCoordinator(
            options.Transactions,
            new TransactionLog(states),
            new TransactionMarkers(topics, groups),
            clock,
            new TransactionEvents(loggers.CreateLogger<TransactionCoordinator>()));
        var coordinators = new Coordinators(topics, groups, transactions);
        try
        {
            groups.Recover();
            transactions.Recover();
            return coordinators;
        }
        catch
        {
            coordinators.Dispose();
            throw;
        }
    }

    /// <summary>Stops timers and waits for what is being written; the logs may be closed then.</summary>
    public void Dispose()
    {
        _topics.Deleted -= OnTopicDeleted;
        Transactions.Dispose();
        Groups.Dispose();
    }

    private void OnTopicDeleted(string topic)
    {
        Transactions.ForgetTopic(topic);
        Groups.ForgetTopic(topic);
    }
}
