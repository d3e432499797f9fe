using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FlowStream.Streams.Clients;
using Microsoft.Extensions.Logging;

namespace FlowStream.Streams.Kafka;

/// <summary>Kafka through Confluent.Kafka and librdkafka.</summary>
internal sealed class ConfluentClient : IKafkaClient
{
    // Bounds a question to the broker; who asks decides whether to ask again.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly ClientConfiguration _configuration;
    private readonly StreamsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IConsumer<CopiedBytes, CopiedBytes>? _watermarks;

    public ConfluentClient(StreamsOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _configuration = new ClientConfiguration(options);
        _time = time;
        _logger = logger;
    }

    public IInputConsumer CreateConsumer(string groupId, string topic, string member, bool readsHeaders) =>
        Build(() => new ConfluentConsumer(_configuration.Consumer(groupId, member, readsHeaders), topic, readsHeaders, _logger));

    public ITransactionalProducer CreateProducer(string transactionalId) =>
        Build(() => new ConfluentProducer(_configuration.Producer(transactionalId), _options.TransactionTimeout, _time, _logger));

    public IChangelogReader CreateChangelogReader(string name) => new ConfluentChangelogReader(this, $"{name}-restore");

    public int? PartitionCount(string topic)
    {
        using var admin = CreateAdmin();
        try
        {
            // All topics are asked for: asking for one by name may create it.
            var found = admin.GetMetadata(CallTimeout).Topics.Find(it => it.Topic == topic && !it.Error.IsError);
            return found is null || found.Partitions.Count == 0 ? null : found.Partitions.Count;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("Metadata", e);
        }
    }

    public void CreateTopic(string topic, int partitions, IReadOnlyDictionary<string, string> configuration)
    {
        using var admin = CreateAdmin();
        var specification = new TopicSpecification
        {
            Name = topic,
            NumPartitions = partitions,
            ReplicationFactor = _options.ReplicationFactor,
            Configs = new Dictionary<string, string>(configuration),
        };
        try
        {
            admin.CreateTopicsAsync(
                [specification], new CreateTopicsOptions { OperationTimeout = CallTimeout, RequestTimeout = CallTimeout })
                .GetAwaiter().GetResult();
        }
        catch (CreateTopicsException e) when (
            e.Results.TrueForAll(it => it.Error.Code is ErrorCode.TopicAlreadyExists or ErrorCode.NoError))
        {
            // Another instance was faster.
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead($"CreateTopics {topic}", e);
        }
    }

    public void Dispose() => _watermarks?.Dispose();

    /// <summary>
    /// The end of a partition's log. Asked with read_uncommitted: a read_committed client is told the last stable offset, which an open
    /// transaction of a dead member holds below rows that were committed later.
    /// </summary>
    internal long HighWatermark(string topic, int partition)
    {
        lock (_lock)
        {
            _watermarks ??= CreateReader(
                $"{_options.ApplicationId}-watermarks", "read_uncommitted", new CopyingDeserializer(), new CopyingDeserializer());
        }

        try
        {
            return _watermarks.QueryWatermarkOffsets(new TopicPartition(topic, partition), CallTimeout).High.Value;
        }
        catch (KafkaException e)
        {
            throw ConfluentErrors.OfRead("QueryWatermarkOffsets", e);
        }
    }

    internal IConsumer<CopiedBytes, CopiedBytes> CreateReader(
        string name, string isolation, CopyingDeserializer keys, CopyingDeserializer values) =>
        Build(() => new ConsumerBuilder<CopiedBytes, CopiedBytes>(_configuration.Reader(name, isolation))
            .SetKeyDeserializer(keys)
            .SetValueDeserializer(values)
            .SetLogHandler((_, message) => ClientLog.Write(_logger, message))
            .SetErrorHandler((_, error) => ClientLog.Write(_logger, error))
            .Build());

    private IAdminClient CreateAdmin() => Build(() => new AdminClientBuilder(_configuration.Admin($"{_options.ApplicationId}-admin"))
        .SetLogHandler((_, message) => ClientLog.Write(_logger, message))
        .SetErrorHandler((_, error) => ClientLog.Write(_logger, error))
        .Build());

    // librdkafka names a property it does not know, or a value out of range, when the client is built.
    private static T Build<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new StreamsConfigurationException(e.Message, e);
        }
    }
}
