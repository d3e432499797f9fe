using System.Globalization;

namespace FlowStream.Streams.Kafka;

/// <summary>librdkafka properties of the runtime's clients, each with the reason for its value, then the user's own.</summary>
internal sealed class ClientConfiguration
{
    private static readonly HashSet<string> Owned = new(StringComparer.Ordinal)
    {
        "bootstrap.servers", "client.id", "group.id", "group.instance.id", "transactional.id", "transaction.timeout.ms",
        "enable.idempotence", "acks", "isolation.level", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
        "enable.partition.eof", "session.timeout.ms", "partition.assignment.strategy", "group.protocol", "partitioner",
        "delivery.report.only.error",
    };

    private readonly StreamsOptions _options;

    public ClientConfiguration(StreamsOptions options)
    {
        _options = options;
        foreach (var name in options.ClientProperties.Keys)
        {
            if (!Owned.Contains(Bare(name))) continue;
            throw new StreamsConfigurationException($"Kafka client property {name} belongs to the runtime: exactly-once rests on it.");
        }
    }

    /// <summary>The input consumer of a thread.</summary>
    public Dictionary<string, string> Consumer(string groupId, string member, bool readsHeaders)
    {
        // What a member can tell the group is its assignor's business in librdkafka; its client id is free, and DescribeGroups shows it.
        var properties = Common(_options.ApplicationServer is { } server ? $"{member}@{server}" : member);
        properties["group.id"] = groupId;
        if (_options.StaticMembership) properties["group.instance.id"] = member;
        // A rebalance is noticed with the next heartbeat, so a long interval is a pause in the output; a heartbeat costs next to nothing.
        properties["heartbeat.interval.ms"] = Text(Math.Clamp((int)_options.SessionTimeout.TotalMilliseconds / 3, 1, 1000));
        // Every stage reads one topic, so the sticky assignor's lack of co-partitioning does not matter; what moves stops nobody else.
        properties["partition.assignment.strategy"] = "cooperative-sticky";
        properties["auto.offset.reset"] = "earliest";
        properties["dotnet.consumer.consume.result.fields"] = readsHeaders ? "timestamp,headers" : "timestamp";
        Reading(properties, "read_committed");
        return Finish(properties, "consumer.");
    }

    /// <summary>A reader outside of groups; the group id is only what the client asks for.</summary>
    public Dictionary<string, string> Reader(string name, string isolation)
    {
        var properties = Common(name);
        properties["group.id"] = $"{_options.ApplicationId}-restore";
        properties["auto.offset.reset"] = "earliest";
        properties["dotnet.consumer.consume.result.fields"] = "none";
        // The end of the log is known only from an answer without records, and a restore waits for it.
        properties["fetch.wait.max.ms"] = "10";
        Reading(properties, isolation);
        return Finish(properties, "consumer.");
    }

    /// <summary>The transactional producer of a thread.</summary>
    public Dictionary<string, string> Producer(string transactionalId)
    {
        var properties = Common(transactionalId);
        properties["transactional.id"] = transactionalId;
        properties["transaction.timeout.ms"] = Text((int)_options.TransactionTimeout.TotalMilliseconds);
        // The Java client's choice of partition, so that producers in other languages agree on where a key lives.
        properties["partitioner"] = "murmur2_random";
        // A commit waits for the last batch anyway; 5 ms gathers larger ones before that.
        properties["linger.ms"] = "5";
        // Room for several commits' worth of records; when it is full the thread waits, which is the back-pressure.
        properties["queue.buffering.max.messages"] = "500000";
        properties["queue.buffering.max.kbytes"] = "262144";
        // No report per record: librdkafka fails the commit when any record of the transaction could not be delivered.
        properties["dotnet.producer.enable.delivery.reports"] = "false";
        return Finish(properties, "producer.");
    }

    /// <summary>The admin client.</summary>
    public Dictionary<string, string> Admin(string name) => Finish(Common(name), "admin.");

    private Dictionary<string, string> Common(string clientId) => new(StringComparer.Ordinal)
    {
        ["bootstrap.servers"] = _options.BootstrapServers,
        ["client.id"] = clientId,
        // A commit is a chain of small requests; each would wait for the one before to be acknowledged.
        ["socket.nagle.disable"] = "true",
    };

    private void Reading(Dictionary<string, string> properties, string isolation)
    {
        // Readers outside of groups have no session, but librdkafka compares it with the user's max.poll.interval.ms all the same.
        properties["session.timeout.ms"] = Text((int)_options.SessionTimeout.TotalMilliseconds);
        properties["isolation.level"] = isolation;
        properties["enable.auto.commit"] = "false";
        properties["enable.auto.offset.store"] = "false";
        properties["enable.partition.eof"] = "true";
        properties["allow.auto.create.topics"] = "false";
        // Off by default in librdkafka: damage on the way would be taken for data.
        properties["check.crcs"] = "true";
        // By default a full queue stops fetching for a whole second.
        properties["fetch.queue.backoff.ms"] = "20";
        // Per partition: a few commits' worth is read ahead, not the default's hundred thousand records.
        properties["queued.min.messages"] = "20000";
        properties["queued.max.messages.kbytes"] = "16384";
    }

    private Dictionary<string, string> Finish(Dictionary<string, string> properties, string prefix)
    {
        foreach (var (name, value) in _options.ClientProperties)
        {
            if (Bare(name) == name) properties[name] = value;
        }

        foreach (var (name, value) in _options.ClientProperties)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) properties[Bare(name)] = value;
        }

        return properties;
    }

    // As in Kafka Streams, consumer.x, producer.x and admin.x reach one kind of client only.
    private static string Bare(string name)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["consumer.", "producer.", "admin."])
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return name[prefix.Length..];
        }

        return name;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
