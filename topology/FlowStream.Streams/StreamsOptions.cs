namespace FlowStream.Streams;

/// <summary>
/// How an application's stages run. Every number says why it is what it is; <see cref="Validate"/> names what is out of range.
/// </summary>
public sealed record StreamsOptions
{
    /// <summary>Name of the application: prefix of its groups, internal topics and transactional ids.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>Kafka bootstrap servers, <c>host:port[,host:port]</c>.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>Directory for snapshots and the instance id. One process at a time uses it.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>
    /// Where this process answers questions about its state, <c>host:port</c>; null when nowhere. Others find it as the end of the client
    /// ids of its group members, <c>@host:port</c> (Kafka Streams' <c>application.server</c>).
    /// </summary>
    public string? ApplicationServer { get; init; }

    /// <summary>Threads per stage. Default 1: a thread keeps a core busy, and most machines run several stages.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Longest time between commits. Default 500 ms: results are at most this late, and the cost of a transaction stays below 10%.
    /// </summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most records in a transaction. Default 10 000: bounds what a crash repeats to a fraction of a second of work.</summary>
    public int CommitRecords { get; init; } = 10_000;

    /// <summary>
    /// How long a partition must be read to its end and quiet before the wall clock carries its time on. Default 1 s: longer than a
    /// producer's batch waits, shorter than any timer people watch.
    /// </summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How far a record's timestamp may be ahead of the wall clock; beyond, the wall clock stands in for it. One record from the year 2100
    /// would otherwise move time there for good and end every session. Default 1 h: no clock that is looked after is further off. Null for
    /// no bound.
    /// </summary>
    public TimeSpan? MaxTimestampLead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Longest a transaction may stay open before the broker aborts it. Default 15 s: what a crash can hold up readers for.
    /// </summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How much longer than <see cref="TransactionTimeout"/> a restore waits. Default 15 s: the broker looks for expired ones every 10 s.
    /// </summary>
    public TimeSpan RestoreGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between snapshots of a task. Default 60 s: bounds the changelog a restart replays to a minute of changes.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of state per thread above which its partitions are paused. Default 2 GiB: some ten million open sessions.</summary>
    public long MemoryBudget { get; init; } = 2L << 30;

    /// <summary>Records taken from the consumer between looks at the clock. Default 500: below a millisecond of work.</summary>
    public int PollRecords { get; init; } = 500;

    /// <summary>Longest wait in a poll. Default 50 ms: bounds how late a timer or a commit is when nothing comes.</summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// First wait after a lost transaction; doubles up to <see cref="MaxBackoff"/> while it keeps failing. Default 100 ms.
    /// </summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Longest wait between attempts. Default 10 s: a broker that comes back is used soon, one that does not is not hammered.
    /// </summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest a group member may be silent. Default 10 s: how long the partitions of a killed process wait for a new owner.
    /// </summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether members keep their place over a restart (KIP-345). Default false: then the partitions of a killed process move after
    /// <see cref="SessionTimeout"/> even when it does not come back, and those of a stopped one at once.
    /// </summary>
    public bool StaticMembership { get; init; }

    /// <summary>Replication factor of topics this creates; -1 takes the broker's default.</summary>
    public short ReplicationFactor { get; init; } = -1;

    /// <summary>librdkafka properties for every client, set last; those that exactly-once rests on are refused.</summary>
    public IReadOnlyDictionary<string, string> ClientProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks every value.</summary>
    /// <exception cref="StreamsConfigurationException">Names the first one that is out of range.</exception>
    public void Validate()
    {
        Require(ApplicationId.Length > 0, nameof(ApplicationId), "must not be empty");
        Require(BootstrapServers.Length > 0, nameof(BootstrapServers), "must not be empty");
        Require(StateDirectory.Length > 0, nameof(StateDirectory), "must not be empty");
        Require(Threads is > 0 and <= 1024, nameof(Threads), "must be 1 to 1024");
        Require(CommitInterval > TimeSpan.Zero, nameof(CommitInterval), "must be positive");
        Require(CommitRecords > 0, nameof(CommitRecords), "must be positive");
        Require(TransactionTimeout > CommitInterval * 2, nameof(TransactionTimeout), "must be more than twice CommitInterval");
        Require(MaxTimestampLead is not { } lead || lead >= TimeSpan.Zero, nameof(MaxTimestampLead), "must not be negative");
        Require(PollRecords > 0, nameof(PollRecords), "must be positive");
        Require(MemoryBudget > 0, nameof(MemoryBudget), "must be positive");
        Require(MinBackoff > TimeSpan.Zero && MaxBackoff >= MinBackoff, nameof(MaxBackoff), "must be at least MinBackoff, both positive");
    }

    private static void Require(bool holds, string name, string rule)
    {
        if (!holds) throw new StreamsConfigurationException($"Streams option {name} {rule}.");
    }
}
