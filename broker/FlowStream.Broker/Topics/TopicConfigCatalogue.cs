using System.Collections.Frozen;
using System.Globalization;
using FlowStream.Broker.Log;

namespace FlowStream.Broker.Topics;

/// <summary>
/// All configuration entries that topics know (kafka.apache.org/documentation, "Topic Configs"), how each is checked, and what it sets in
/// the log. An entry that cannot matter to a single broker is checked and kept, and changes nothing; SkippedFeatures.md names them.
/// </summary>
internal static class TopicConfigCatalogue
{
    // Names and values in error texts are cut here: enough to recognise them.
    private const int MaxShownLength = 100;

    private const int MaxBatchBytes = RecordBatchLayout.MaxBatchBytes;

    private const int MaxSegmentBytes = 1024 * 1024 * 1024;

    private static readonly LogOptions Defaults = new();

    private static readonly FrozenDictionary<string, TopicConfigDefinition> ByName =
        Build().ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>All entries, by name.</summary>
    public static IEnumerable<TopicConfigDefinition> All => ByName.Values.OrderBy(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>The entry of that name, or null.</summary>
    public static TopicConfigDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The log options that a topic's entries amount to.</summary>
    /// <param name="configs">The entries that are set.</param>
    /// <param name="error">What is wrong with the first bad entry; null if all are good.</param>
    /// <returns>The options, or null with <paramref name="error"/>.</returns>
    public static LogOptions? TryApply(IReadOnlyDictionary<string, string> configs, out string? error)
    {
        var options = Defaults;
        error = null;
        foreach (var (name, value) in configs)
        {
            if (Find(name) is not { } definition)
                error = $"Unknown topic config name: {Cut(name)}";
            else if (definition.Apply(options, value) is not { } changed)
                error = $"Invalid value {Cut(value)} for configuration {name}";
            else
                options = changed;
            if (error is not null)
                return null;
        }

        return options;
    }

    private static IEnumerable<TopicConfigDefinition> Build() =>
    [
        new("cleanup.policy", TopicConfigType.List, "delete", ApplyCleanupPolicy),
        new("compression.type", TopicConfigType.String, "producer", (options, value) => value == "producer" ? options : null),
        new("message.timestamp.type", TopicConfigType.String, nameof(TimestampType.CreateTime), ApplyTimestampType),
        new("min.cleanable.dirty.ratio", TopicConfigType.Double, Text(Defaults.MinCleanableDirtyRatio), ApplyDirtyRatio),
        Long("delete.retention.ms", Defaults.DeleteRetentionMs, 0, (options, value) => options with { DeleteRetentionMs = value }),
        Long("flush.messages", long.MaxValue, 1, (options, value) => options with { FlushMessages = value < long.MaxValue ? value : null }),
        Long("retention.bytes", Defaults.RetentionBytes, -1, (options, value) => options with { RetentionBytes = value }),
        Long("retention.ms", Defaults.RetentionMs, -1, (options, value) => options with { RetentionMs = value }),
        Long("segment.ms", Defaults.SegmentMs, 1, (options, value) => options with { SegmentMs = value }),
        Int("index.interval.bytes", Defaults.IndexIntervalBytes, 1, set: (options, value) => options with { IndexIntervalBytes = value }),
        Int("max.message.bytes", Defaults.MaxMessageBytes, 0, MaxBatchBytes, (options, value) => options with { MaxMessageBytes = value }),
        Int("segment.bytes", Defaults.SegmentBytes, 14, MaxSegmentBytes, (options, value) => options with { SegmentBytes = value }),
        Long("file.delete.delay.ms", 60_000, 0, Unchanged),
        Long("flush.ms", long.MaxValue, 0, Unchanged),
        Long("max.compaction.lag.ms", long.MaxValue, 1, Unchanged),
        Long("message.timestamp.after.max.ms", long.MaxValue, 0, Unchanged),
        Long("message.timestamp.before.max.ms", long.MaxValue, 0, Unchanged),
        Long("message.timestamp.difference.max.ms", long.MaxValue, 0, Unchanged),
        Long("min.compaction.lag.ms", 0, 0, Unchanged),
        Long("segment.jitter.ms", 0, 0, Unchanged),
        Int("min.insync.replicas", 1, 1),
        Int("segment.index.bytes", 10 * 1024 * 1024, 4),
        Boolean("preallocate", false),
        Boolean("unclean.leader.election.enable", false),
    ];

    private static string Cut(string text) => text.Length <= MaxShownLength ? text : string.Concat(text.AsSpan(0, MaxShownLength), "...");

    private static LogOptions Unchanged(LogOptions options, long value) => options;

    private static TopicConfigDefinition Long(string name, long standard, long min, Func<LogOptions, long, LogOptions> set) =>
        new(name, TopicConfigType.Long, Text(standard), (options, text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min
                ? set(options, value)
                : null);

    private static TopicConfigDefinition Int(
        string name, int standard, int min, int max = int.MaxValue, Func<LogOptions, int, LogOptions>? set = null) =>
        new(name, TopicConfigType.Int, Text(standard), (options, text) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
                ? set?.Invoke(options, value) ?? options
                : null);

    private static TopicConfigDefinition Boolean(string name, bool standard) =>
        new(name, TopicConfigType.Boolean, standard ? "true" : "false", (options, text) => bool.TryParse(text, out _) ? options : null);

    private static LogOptions? ApplyCleanupPolicy(LogOptions options, string value)
    {
        var policy = CleanupPolicy.None;
        foreach (var word in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is not ("delete" or "compact"))
                return null;
            policy |= word == "compact" ? CleanupPolicy.Compact : CleanupPolicy.Delete;
        }

        return policy == CleanupPolicy.None ? null : options with { CleanupPolicy = policy };
    }

    private static LogOptions? ApplyTimestampType(LogOptions options, string value) => value switch
    {
        nameof(TimestampType.CreateTime) => options with { TimestampType = TimestampType.CreateTime },
        nameof(TimestampType.LogAppendTime) => options with { TimestampType = TimestampType.LogAppendTime },
        _ => null,
    };

    private static LogOptions? ApplyDirtyRatio(LogOptions options, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? options with { MinCleanableDirtyRatio = ratio }
            : null;

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
