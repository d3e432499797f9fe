using FlowStream.Parsing;
using FlowStream.Sessions;
using Microsoft.Extensions.Logging;

namespace FlowStream.Topology;

/// <summary>What happens in the stages: each event raises its metric and writes its log line together. Used by all tasks at once.</summary>
public sealed class TopologyEvents
{
    private readonly TopologyMetrics _metrics;
    private readonly ILogger _logger;

    /// <summary>Makes the events of one process.</summary>
    public TopologyEvents(TopologyMetrics metrics, ILogger<TopologyEvents> logger)
    {
        _metrics = metrics;
        _logger = logger;
    }

    internal void Parsed(long messages) => _metrics.Parsed.Add(messages);

    /// <summary>Messages of the last commit that were read although something was wrong with them.</summary>
    internal void Repaired(Repair repair, long messages) =>
        _metrics.Repaired.Add(messages, new KeyValuePair<string, object?>("repair", repair.Code()));

    /// <summary>Messages were refused since the last commit; one of them is shown, so that a flood of them is one line.</summary>
    internal void DeadLettered(string topic, int partition, string reason, long messages, string example)
    {
        _metrics.DeadLettered.Add(messages, new KeyValuePair<string, object?>("reason", reason));
        TopologyLog.DeadLettered(_logger, topic, partition, messages, reason, example);
    }

    /// <summary>What the join did since the last commit.</summary>
    internal void Joined(SessionCounters now, in JoinTotals before)
    {
        Add(_metrics.Completed, now.Finals - before.Finals);
        Add(_metrics.Corrected, now.Revisions - before.Revisions);
        Add(_metrics.Denials, now.Denials - before.Denials);
        Add(_metrics.Duplicates, now.Duplicates - before.Duplicates);
        Add(_metrics.Old, now.OldEvents - before.OldEvents);
        Add(_metrics.CounterFaults, now.CounterFaults - before.CounterFaults);
        Add(_metrics.SubstitutedTimes, now.SubstitutedTimes - before.SubstitutedTimes);
        Unlisted(now.UnlistedReasons, before);
        Add(_metrics.NotJoined, now.NotJoined - before.NotJoined);
        Add(_metrics.RepeatedLines, now.RepeatedLines - before.RepeatedLines);
    }

    /// <summary>What changed in the account of one device since the last commit.</summary>
    internal void Accounted(KeyValuePair<string, object?> partition, string device, in AccountTotals now, in AccountTotals before)
    {
        var tag = new KeyValuePair<string, object?>("device", device);
        if (now.Begun != before.Begun) _metrics.Begun.Add(now.Begun - before.Begun, tag);
        if (now.Carried != before.Carried) _metrics.Carried.Add(now.Carried - before.Carried, tag);
        if (now.Open != before.Open) _metrics.DeviceOpen.Record(now.Open, partition, tag);
        Ended("complete", now.Complete - before.Complete);
        Ended("no_create", now.NoCreate - before.NoCreate);
        Ended("no_close", now.NoClose - before.NoClose);
        Ended("updates_only", now.UpdatesOnly - before.UpdatesOnly);
        Inferred("superseded", now.Superseded - before.Superseded);
        Inferred("timeout-inferred", now.TimedOut - before.TimedOut);

        void Ended(string completeness, long sessions)
        {
            if (sessions != 0) _metrics.Ended.Add(sessions, new KeyValuePair<string, object?>("completeness", completeness), tag);
        }

        void Inferred(string reason, long sessions)
        {
            if (sessions != 0) _metrics.Inferred.Add(sessions, new KeyValuePair<string, object?>("reason", reason), tag);
        }
    }

    /// <summary>The tag of a task's measurements: made once for each task, because its value is boxed.</summary>
    internal static KeyValuePair<string, object?> PartitionTag(int partition) => new("partition", partition);

    /// <summary>How many sessions a task holds open.</summary>
    /// <param name="partition">From <see cref="PartitionTag"/>.</param>
    /// <param name="sessions">The number.</param>
    internal void Open(KeyValuePair<string, object?> partition, long sessions) => _metrics.Open.Record(sessions, partition);

    /// <summary>What the windows did since the last commit.</summary>
    internal void Windowed(int partition, long emitted, long late, long folded)
    {
        Add(_metrics.Windows, emitted);
        Add(_metrics.LatePartials, late);
        Add(_metrics.FoldedPartials, folded);
        if (folded > 0) TopologyLog.Folded(_logger, partition, folded);
    }

    // The text is in the log and not in the metric: devices may print any, and each would be a series of its own for ever.
    private void Unlisted(UnlistedTexts now, in JoinTotals before)
    {
        Add(_metrics.UnlistedReasons, now.Total - before.UnlistedReasons);
        for (int i = before.UnlistedTexts; i < now.Count; i++) TopologyLog.UnlistedReason(_logger, PrintableText.Of(now.Text(i)));
        if (now.Count == UnlistedTexts.MaxTexts && before.UnlistedTexts < now.Count) TopologyLog.UnlistedRest(_logger, now.Count);
    }

    private static void Add(System.Diagnostics.Metrics.Counter<long> counter, long amount)
    {
        if (amount > 0) counter.Add(amount);
    }
}
