using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>One simulated process's connection to the <see cref="InMemoryBroker"/>.</summary>
internal sealed class InMemoryClient : IKafkaClient
{
    private readonly InMemoryBroker _broker;
    private readonly FaultInjector _faults;
    private readonly TopologyDriverOptions _options;
    private readonly List<InMemoryConsumer> _consumers = [];

    public InMemoryClient(InMemoryBroker broker, FaultInjector faults, TopologyDriverOptions options)
    {
        _broker = broker;
        _faults = faults;
        _options = options;
    }

    public IInputConsumer CreateConsumer(string groupId, string topic, string member, bool readsHeaders)
    {
        var consumer = new InMemoryConsumer(_broker, _broker.Group(groupId, topic), _faults);
        _consumers.Add(consumer);
        return consumer;
    }

    public ITransactionalProducer CreateProducer(string transactionalId) => new InMemoryProducer(_broker, transactionalId, _faults);

    public IChangelogReader CreateChangelogReader(string name) => new InMemoryChangelogReader(_broker, _faults);

    public int? PartitionCount(string topic) => _broker.Find(topic)?.Partitions.Length;

    public void CreateTopic(string topic, int partitions, IReadOnlyDictionary<string, string> configuration)
    {
        // Without crashes no changelog is ever read.
        var isChangelog = topic.EndsWith(StageTopics.ChangelogSuffix, StringComparison.Ordinal);
        _broker.CreateTopic(topic, partitions, isDiscarded: isChangelog && !_options.Recoverable);
    }

    /// <summary>The process died: its members stay in their groups until the session times out.</summary>
    public void Die()
    {
        foreach (var consumer in _consumers) consumer.DiedAtMs ??= _broker.NowMs;
    }

    /// <summary>The groups take this process for dead while it lives.</summary>
    public void Evict()
    {
        foreach (var consumer in _consumers) consumer.Group.Remove(consumer);
    }

    public void Dispose()
    {
        foreach (var consumer in _consumers) consumer.Dispose();
    }
}
