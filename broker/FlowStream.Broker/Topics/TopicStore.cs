using System.Collections.Immutable;
using System.Globalization;
using FlowStream.Broker.Log;
using FlowStream.Broker.Wire;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Topics;

/// <summary>
/// The topics of the broker and their partition logs.
/// <list type="bullet">
/// <item>Readers take the current map without a lock; changes are made one at a time and published as a new map.</item>
/// <item>The metadata file decides what exists: it is written after the logs of a new partition are there, and before those of a deleted
/// topic go. A directory that it does not name is what a crash left in between, and is removed at the next start.</item>
/// </list>
/// </summary>
internal sealed class TopicStore : IDisposable
{
    private const string LogsFolder = "logs";

    private readonly BrokerOptions _options;
    private readonly string _logs;
    private readonly TimeProvider _clock;
    private readonly ILogger<PartitionLog> _logLogger;
    private readonly Lock _changing = new();
    private volatile ImmutableSortedDictionary<string, Topic> _topics =
        ImmutableSortedDictionary.Create<string, Topic>(StringComparer.Ordinal);

    private TopicStore(BrokerOptions options, string clusterId, TimeProvider clock, ILoggerFactory loggers)
    {
        _options = options;
        _logs = Path.Combine(options.DataDirectory, LogsFolder);
        _clock = clock;
        _logLogger = loggers.CreateLogger<PartitionLog>();
        ClusterId = clusterId;
    }

    /// <summary>Raised after a topic was deleted, outside the lock, with its name.</summary>
    public event Action<string>? Deleted;

    /// <summary>The cluster's id.</summary>
    public string ClusterId { get; }

    /// <summary>All topics, by name.</summary>
    public IReadOnlyDictionary<string, Topic> Topics => _topics;

    /// <summary>Opens the store and recovers every log.</summary>
    /// <param name="options">Where, and the limits.</param>
    /// <param name="clock">The clock of the logs.</param>
    /// <param name="loggers">Where the logs report.</param>
    /// <exception cref="InvalidDataException">The metadata is missing or damaged though there are logs.</exception>
    public static TopicStore Open(BrokerOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        var logs = Directory.CreateDirectory(Path.Combine(options.DataDirectory, LogsFolder));
        var stored = StoredMetadata.Load(options.DataDirectory);
        if (stored is null)
        {
            if (logs.EnumerateDirectories().Any())
                throw new InvalidDataException($"{options.DataDirectory} holds logs but no {StoredMetadata.FileName}");
            stored = StoredMetadata.Create();
            stored.Save(options.DataDirectory);
        }

        var store = new TopicStore(options, stored.ClusterId, clock, loggers);
        try
        {
            store.OpenLogs(stored, logs);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The topic of that name, or null.</summary>
    public Topic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>The log of a partition, or null when there is no such topic or partition.</summary>
    public PartitionLog? FindPartition(string topic, int partition) =>
        Find(topic) is { } found && (uint)partition < (uint)found.Partitions.Count ? found.Partitions[partition] : null;

    /// <summary>Creates a topic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="partitions">How many partitions; -1 for the broker's default.</param>
    /// <param name="configs">Its configuration.</param>
    /// <param name="validateOnly">Check, but do not create.</param>
    public TopicOutcome Create(string name, int partitions, IReadOnlyDictionary<string, string> configs, bool validateOnly = false)
    {
        if (!TopicName.IsValid(name))
            return new(ErrorCode.InvalidTopicException, "Topic name is illegal: 1 to 249 of a-z A-Z 0-9 . _ - and not '.' or '..'");
        if (TopicConfigCatalogue.TryApply(configs, out var error) is not { } logOptions)
            return new(ErrorCode.InvalidConfig, error);
        lock (_changing)
        {
            if (_topics.ContainsKey(name))
                return new(ErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists.");
            var count = partitions == -1 ? _options.DefaultPartitions : partitions;
            var verdict = CheckCount(count, 0);
            if (verdict.Error != ErrorCode.None || validateOnly)
                return verdict;
            var topic = new Topic(name, OpenPartitions(name, 0, count, logOptions), configs.ToImmutableDictionary());
            Publish(_topics.Add(name, topic));
            return TopicOutcome.Done;
        }
    }

    /// <summary>A topic of the broker's own, created if it is not there yet.</summary>
    /// <param name="name">One of the internal names of <see cref="TopicName"/>.</param>
    /// <param name="partitions">How many partitions a new one gets.</param>
    /// <param name="configs">The configuration a new one gets.</param>
    /// <exception cref="InvalidOperationException">It cannot be created; the message says why.</exception>
    public Topic GetOrCreateInternal(string name, int partitions, IReadOnlyDictionary<string, string> configs)
    {
        if (Find(name) is { } found)
            return found;
        var outcome = Create(name, partitions, configs);
        return Find(name) ?? throw new InvalidOperationException($"cannot create {name}: {outcome.Error} {outcome.Message}");
    }

    /// <summary>Deletes a topic and its data.</summary>
    public TopicOutcome Delete(string name)
    {
        Topic? topic;
        lock (_changing)
        {
            if (!_topics.TryGetValue(name, out topic))
                return new(ErrorCode.UnknownTopicOrPartition);
            Publish(_topics.Remove(name));
            // Inside the lock: a topic of the same name may be created at once, in the same directories.
            foreach (var log in topic.Partitions)
                log.Delete();
        }

        Deleted?.Invoke(name);
        return TopicOutcome.Done;
    }

    /// <summary>Adds partitions.</summary>
    /// <param name="name">The topic.</param>
    /// <param name="total">How many it shall have; more than it has.</param>
    /// <param name="validateOnly">Check, but do not add.</param>
    public TopicOutcome AddPartitions(string name, int total, bool validateOnly)
    {
        lock (_changing)
        {
            if (!_topics.TryGetValue(name, out var topic))
                return new(ErrorCode.UnknownTopicOrPartition, "The topic does not exist.");
            var present = topic.Partitions.Count;
            if (total <= present)
                return new(ErrorCode.InvalidPartitions, $"Topic currently has {present} partitions, which is not fewer than {total}.");
            var verdict = CheckCount(total, present);
            if (verdict.Error != ErrorCode.None || validateOnly)
                return verdict;
            var added = OpenPartitions(name, present, total, topic.Partitions[0].Options);
            Publish(_topics.SetItem(name, topic with { Partitions = [.. topic.Partitions, .. added] }));
            return TopicOutcome.Done;
        }
    }

    /// <summary>Gives a topic another configuration.</summary>
    /// <param name="name">The topic.</param>
    /// <param name="change">Makes the new entries from the present ones; what it leaves out has its default again.</param>
    /// <param name="validateOnly">Check, but do not change.</param>
    public TopicOutcome Configure(
        string name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change, bool validateOnly)
    {
        lock (_changing)
        {
            if (!_topics.TryGetValue(name, out var topic))
                return new(ErrorCode.UnknownTopicOrPartition, "The topic does not exist.");
            var configs = change(topic.Configs).ToImmutableDictionary();
            if (TopicConfigCatalogue.TryApply(configs, out var error) is not { } logOptions)
                return new(ErrorCode.InvalidConfig, error);
            if (validateOnly)
                return TopicOutcome.Done;
            Publish(_topics.SetItem(name, topic with { Configs = configs }));
            foreach (var log in topic.Partitions)
                log.Options = logOptions;
            return TopicOutcome.Done;
        }
    }

    /// <summary>Closes all logs; what is on disk then opens without a scan.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            foreach (var log in _topics.Values.SelectMany(topic => topic.Partitions))
                log.Dispose();
            _topics = _topics.Clear();
        }
    }

    private void OpenLogs(StoredMetadata stored, DirectoryInfo logs)
    {
        var known = stored.Topics.SelectMany(topic => Enumerable.Range(0, topic.Partitions).Select(index => LogName(topic.Name, index)));
        var wanted = known.ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in logs.EnumerateDirectories().Where(directory => !wanted.Contains(directory.Name)))
        {
            _logLogger.LogWarning("Removing {Directory}: no topic has it, a creation or deletion was cut short", orphan.FullName);
            orphan.Delete(recursive: true);
        }

        foreach (var topic in stored.Topics)
        {
            var options = TopicConfigCatalogue.TryApply(topic.Configs, out var error)
                ?? throw new InvalidDataException($"{StoredMetadata.FileName}, topic {topic.Name}: {error}");
            _topics =
                _topics.Add(topic.Name, new Topic(topic.Name, OpenPartitions(topic.Name, 0, topic.Partitions, options), topic.Configs));
        }
    }

    private TopicOutcome CheckCount(int total, int present)
    {
        var all = _topics.Values.Sum(topic => topic.Partitions.Count) - present;
        if (total < 1)
            return new(ErrorCode.InvalidPartitions, "Number of partitions must be larger than 0.");
        return total <= _options.MaxPartitions - all
            ? TopicOutcome.Done
            : new(ErrorCode.InvalidPartitions, $"This broker holds at most {_options.MaxPartitions} partitions.");
    }

    private PartitionLog[] OpenPartitions(string name, int from, int to, LogOptions options)
    {
        var opened = new List<PartitionLog>(to - from);
        try
        {
            for (var index = from; index < to; index++)
                opened.Add(PartitionLog.Open(Path.Combine(_logs, LogName(name, index)), options, _clock, _logLogger));
            return [.. opened];
        }
        catch
        {
            foreach (var log in opened)
                log.Dispose();
            throw;
        }
    }

    private void Publish(ImmutableSortedDictionary<string, Topic> topics)
    {
        var stored = StoredMetadata.Create() with
        {
            ClusterId = ClusterId,
            Topics = [.. topics.Values.Select(topic => new StoredTopic(topic.Name, topic.Partitions.Count, topic.Configs))],
        };
        stored.Save(_options.DataDirectory);
        _topics = topics;
    }

    private static string LogName(string topic, int partition) => string.Create(CultureInfo.InvariantCulture, $"{topic}-{partition}");
}
