using FlowStream.Broker.Groups;
using FlowStream.Broker.Transactions;

namespace FlowStream.Broker;

/// <summary>
/// Settings of an <see cref="EmbeddedBroker"/>. Each limit says why it has its default; most are Apache Kafka's own defaults.
/// </summary>
public sealed record BrokerOptions
{
    /// <summary>Where to listen. Port 0 lets the system choose; <see cref="EmbeddedBroker.Endpoint"/> says which it was.</summary>
    public HostPort Listen { get; init; } = new("127.0.0.1", 9092);

    /// <summary>
    /// What clients are told to connect to. Null: the listen address, or, when that is a wildcard, the address by which each client came.
    /// </summary>
    public HostPort? Advertised { get; init; }

    /// <summary>Where everything is stored. One running broker per directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The broker's id; there is one broker, and 0 is a value some tools take for "none".</summary>
    public int NodeId { get; init; } = 1;

    /// <summary>Partitions of a topic that was created without a number (num.partitions).</summary>
    public int DefaultPartitions { get; init; } = 4;

    /// <summary>Whether asking for an unknown topic creates it (auto.create.topics.enable).</summary>
    public bool AutoCreateTopics { get; init; } = true;

    /// <summary>
    /// How many partitions all topics together may have. Each holds an open file and is looked at when the broker starts, and anybody who
    /// may ask for a topic creates one.
    /// </summary>
    public int MaxPartitions { get; init; } = 2000;

    /// <summary>The largest request frame (socket.request.max.bytes).</summary>
    public int MaxRequestBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>The most record bytes in one Fetch response, whatever the client asks for (fetch.max.bytes).</summary>
    public int MaxFetchBytes { get; init; } = 55 * 1024 * 1024;

    /// <summary>
    /// The longest that a Fetch request waits for data, whatever the client asks for: a client's own request timeout is 30 s or more.
    /// </summary>
    public TimeSpan MaxFetchWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Open connections; one more is closed at once. A client holds two or three, so this is a few hundred clients.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>A connection on which nothing moves for this long is closed (connections.max.idle.ms).</summary>
    public TimeSpan ConnectionIdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause after a failed accept: long enough not to spin, short enough that a client's retry finds it over.</summary>
    public TimeSpan AcceptRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often retention and compaction look at the logs (log.retention.check.interval.ms).</summary>
    public TimeSpan RetentionCheckInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the first member of an empty group waits for others (group.initial.rebalance.delay.ms).</summary>
    public TimeSpan GroupInitialRebalanceDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Limits and times of consumer groups.</summary>
    public GroupOptions Groups { get; init; } = new();

    /// <summary>Limits and times of transactions.</summary>
    public TransactionOptions Transactions { get; init; } = new();
}
