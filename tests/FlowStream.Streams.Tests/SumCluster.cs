using System.Buffers.Binary;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using FlowStream.Testing;
using FlowStream.Testing.Broker;

namespace FlowStream.Streams.Tests;

/// <summary>The sums stage on a broker: its topics, its input and what it must put out.</summary>
internal sealed class SumCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<long, List<long>> _sent = [];
    private readonly List<StreamsApplication> _applications = [];
    private readonly string _stateRoot = Directory.CreateTempSubdirectory("flowstream-streams-").FullName;
    private readonly TestLoggerFactory _loggers = new();
    private readonly int _partitions;
    private int _seed = 1;

    private SumCluster(BrokerFixture broker, int partitions)
    {
        Broker = broker;
        _partitions = partitions;
        Input = broker.Unique("input");
        Running = broker.Unique("running");
        Stage = CreateStage(beforeRecord: null);
    }

    public BrokerFixture Broker { get; }

    public string Input { get; }

    public string Running { get; }

    public StageDefinition Stage { get; }

    public TestLoggerFactory Loggers => _loggers;

    public long Sent { get; private set; }

    public static async Task<SumCluster> StartAsync(int partitions = 4)
    {
        var cluster = new SumCluster(await BrokerFixture.StartAsync(), partitions);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = cluster.Broker.Bootstrap }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = cluster.Input, NumPartitions = partitions, ReplicationFactor = 1 }]);
        return cluster;
    }

    /// <summary>Deletes the input topic and creates it anew, empty.</summary>
    public async Task RecreateInputAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Broker.Bootstrap }).Build();
        await admin.DeleteTopicsAsync([Input]);
        await admin.CreateTopicsAsync([new TopicSpecification { Name = Input, NumPartitions = _partitions, ReplicationFactor = 1 }]);
    }

    /// <summary>Sends records to partition 0 that are deleted at once, as retention would, and so expected nowhere.</summary>
    public async Task SendAndDeleteAsync(int count)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = Broker.Bootstrap }).Build();
        var last = default(TopicPartitionOffset);
        for (var i = 0; i < count; i++)
        {
            var record = new Message<byte[], byte[]> { Key = Bytes(0), Value = Bytes(1) };
            last = (await producer.ProduceAsync(new TopicPartition(Input, 0), record)).TopicPartitionOffset;
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Broker.Bootstrap }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(last!.TopicPartition, last.Offset + 1)]);
    }

    /// <summary>The stage, with something to do before each record.</summary>
    public StageDefinition CreateStage(Action? beforeRecord) => SumProcessor.Stage(
        input: Input, running: Running, totals: Broker.Unique("totals"), quietMs: 3_600_000, beforeRecord: beforeRecord);

    /// <summary>Starts an instance; one with the same name uses the same state directory.</summary>
    public StreamsApplication StartInstance(
        string name, Func<StreamsOptions, StreamsOptions>? configure = null, StageDefinition? stage = null)
    {
        var options = new StreamsOptions
        {
            ApplicationId = Broker.Unique("app"),
            BootstrapServers = Broker.Bootstrap,
            StateDirectory = Path.Combine(_stateRoot, name),
            CommitInterval = TimeSpan.FromMilliseconds(100),
            SessionTimeout = TimeSpan.FromSeconds(6),
            MaxBackoff = TimeSpan.FromSeconds(1),
        };
        var application = new StreamsApplication([stage ?? Stage], configure?.Invoke(options) ?? options, loggers: _loggers);
        _applications.Add(application);
        application.Start();
        return application;
    }

    public string StateDirectory(string name) => Path.Combine(_stateRoot, name);

    /// <summary>Sends records of random keys and waits until all are acknowledged.</summary>
    public void Send(int count)
    {
        var random = new Random(_seed++);
        var config = new ProducerConfig { BootstrapServers = Broker.Bootstrap, EnableIdempotence = true };
        using var producer = new ProducerBuilder<byte[], byte[]>(config).Build();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000).AddSeconds(_seed);
        for (var i = 0; i < count; i++)
        {
            var key = random.Next(50);
            var value = random.Next(1000);
            if (!_sent.TryGetValue(key, out var values)) _sent[key] = values = [];
            values.Add(value);
            producer.Produce(Input, new Message<byte[], byte[]> { Key = Bytes(key), Value = Bytes(value), Timestamp = new Timestamp(now) });
        }

        producer.Flush(Patience);
        Sent += count;
    }

    /// <summary>
    /// Reads the committed output until there is a record for each one sent, and one poll longer, and checks every count and sum: each of a
    /// key's records was counted once, in order, on top of all before it.
    /// </summary>
    public void AssertExactlyOnce()
    {
        var seen = new Dictionary<long, long>();
        var read = 0L;
        foreach (var (key, value) in Committed(Running, Sent))
        {
            var number = BinaryPrimitives.ReadInt64BigEndian(key);
            var count = BinaryPrimitives.ReadInt64BigEndian(value);
            var sum = BinaryPrimitives.ReadInt64BigEndian(value.AsSpan(8));
            Assert.Equal(seen.GetValueOrDefault(number) + 1, count);
            Assert.Equal(_sent[number].Take((int)count).Sum(), sum);
            seen[number] = count;
            read++;
        }

        if (read < Sent) Assert.Fail($"{read} of {Sent} came.\n{string.Join('\n', _loggers.Lines.Select(line => line.ToString()))}");
        Assert.Equal(Sent, read);
    }

    /// <summary>
    /// The committed records of a topic: <paramref name="count"/> of them, what comes within a moment more, or what came in time.
    /// </summary>
    public List<(byte[] Key, byte[] Value)> Committed(string topic, long count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Broker.Bootstrap,
            GroupId = Guid.NewGuid().ToString("n"),
            IsolationLevel = IsolationLevel.ReadCommitted,
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, _partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var records = new List<(byte[], byte[])>();
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            var result = consumer.Consume(TimeSpan.FromMilliseconds(300));
            if (result is not null) records.Add((result.Message.Key, result.Message.Value));
            else if (records.Count >= count) break;
        }

        return records;
    }

    /// <summary>Waits until every one of the instances reports a state.</summary>
    public static void WaitFor(StreamsState state, params StreamsApplication[] applications)
    {
        foreach (var application in applications)
        {
            using var reached = new ManualResetEventSlim();
            void Look(StreamsState now)
            {
                if (now == state) reached.Set();
            }

            application.StateChanged += Look;
            Look(application.State);
            Assert.True(reached.Wait(Patience), $"not {state} but {application.State}");
            application.StateChanged -= Look;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications) application.Dispose();
        await Broker.DisposeAsync();
        Directory.Delete(_stateRoot, recursive: true);
    }

    private static byte[] Bytes(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
