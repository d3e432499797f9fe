using System.Diagnostics.Metrics;
using FlowStream.Broker.Server;
using Microsoft.Extensions.Logging;

namespace FlowStream.Broker.Groups;

/// <summary>The group coordinator's events: each method writes the log line and raises the counter of one kind of event.</summary>
internal sealed class GroupEvents : IDisposable
{
    private readonly ILogger _log;
    private readonly Meter _meter = new(BrokerEvents.MeterName);
    private readonly Counter<long> _storageFailures;
    private readonly Counter<long> _rebalances;
    private readonly Counter<long> _expiredOffsets;

    /// <summary>Creates the counters.</summary>
    /// <param name="log">Where the lines go.</param>
    public GroupEvents(ILogger log)
    {
        _log = log;
        _storageFailures =
            _meter.CreateCounter<long>("flowstream.broker.groups.storage_failures", description: "Group state that could not be stored.");
        _rebalances =
            _meter.CreateCounter<long>("flowstream.broker.groups.generations", description: "Generations that became stable or empty.");
        _expiredOffsets =
            _meter.CreateCounter<long>("flowstream.broker.groups.expired_offsets", description: "Offsets deleted for their age.");
    }

    /// <summary>State of a group could not be written; clients are told to try again.</summary>
    public void StorageFailed(string groupId, Exception error)
    {
        _storageFailures.Add(1);
        _log.LogError(error, "Storing the state of group {Group} failed", groupId);
    }

    /// <summary>A generation of a group has its assignments, or has no members.</summary>
    public void GenerationStored(string groupId, int generation, int members)
    {
        _rebalances.Add(1);
        _log.LogDebug("Group {Group}, generation {Generation}: {Members} members", groupId, generation, members);
    }

    /// <summary>Offsets that nobody used for longer than the retention were deleted.</summary>
    public void OffsetsExpired(string groupId, int count)
    {
        _expiredOffsets.Add(count);
        _log.LogInformation("Group {Group}: {Count} offsets expired", groupId, count);
    }

    /// <summary>Records of a kind that a newer broker wrote were passed over at start.</summary>
    public void UnknownRecordsSkipped(string topic, int count) =>
        _log.LogWarning("{Count} records of {Topic} are of an unknown kind and are ignored", count, topic);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
