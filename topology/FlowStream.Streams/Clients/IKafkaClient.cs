namespace FlowStream.Streams.Clients;

/// <summary>
/// Where the runtime meets Kafka. <see cref="Driver.TopologyDriver"/> puts an in-memory log behind it, everything else Confluent.Kafka.
/// Every call that fails throws <see cref="KafkaClientException"/>, which says what to do next.
/// </summary>
internal interface IKafkaClient : IDisposable
{
    /// <summary>A member of consumer group <paramref name="groupId"/> that reads <paramref name="topic"/> with read_committed.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="topic">The one topic it reads.</param>
    /// <param name="member">Name of the member: client id and, with static membership, the end of its group.instance.id.</param>
    /// <param name="readsHeaders">False leaves the headers on the wire.</param>
    IInputConsumer CreateConsumer(string groupId, string topic, string member, bool readsHeaders);

    /// <summary>A producer whose earlier incarnations <see cref="ITransactionalProducer.InitTransactions"/> fences.</summary>
    ITransactionalProducer CreateProducer(string transactionalId);

    /// <summary>A reader of changelog partitions, outside of any group.</summary>
    IChangelogReader CreateChangelogReader(string name);

    /// <summary>Number of partitions of <paramref name="topic"/>, or null when there is no such topic.</summary>
    int? PartitionCount(string topic);

    /// <summary>Creates the topic; that it exists already is no error.</summary>
    void CreateTopic(string topic, int partitions, IReadOnlyDictionary<string, string> configuration);
}
