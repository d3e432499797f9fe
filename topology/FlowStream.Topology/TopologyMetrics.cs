using System.Diagnostics.Metrics;

namespace FlowStream.Topology;

/// <summary>
/// The instruments of the stages, all named here. They are raised at each commit, and include the work of transactions that were lost and
/// repeated, as Kafka Streams' <c>process-total</c> does.
/// </summary>
public sealed class TopologyMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "FlowStream.Topology";

    private readonly Meter _meter = new(MeterName);

    /// <summary>Creates the instruments.</summary>
    public TopologyMetrics()
    {
        Parsed = _meter.CreateCounter<long>("flowstream.messages.parsed", "{message}", "Messages parsed and given to the join");
        Repaired = _meter.CreateCounter<long>(
            "flowstream.messages.repaired", "{message}", "Messages read although something was wrong with them, by repair");
        DeadLettered = _meter.CreateCounter<long>("flowstream.messages.deadlettered", "{message}", "Messages refused, by reason");
        Duplicates = _meter.CreateCounter<long>("flowstream.messages.duplicate", "{message}", "Messages that said nothing new");
        Old = _meter.CreateCounter<long>("flowstream.messages.old", "{message}", "Volume messages older than all that is kept");
        CounterFaults = _meter.CreateCounter<long>("flowstream.messages.counter_fault", "{message}", "Totals below an earlier one");
        SubstitutedTimes = _meter.CreateCounter<long>(
            "flowstream.messages.time_substituted", "{message}", "Messages whose device time was missing or too far off");
        UnlistedReasons = _meter.CreateCounter<long>("flowstream.messages.reason_unlisted", "{message}", "Unlisted close reasons");
        NotJoined = _meter.CreateCounter<long>("flowstream.messages.not_joined", "{message}", "Messages about no session's life");
        RepeatedLines = _meter.CreateCounter<long>("flowstream.messages.repeated", "{message}", "Messages that a syslog daemon left out");
        Completed = _meter.CreateCounter<long>("flowstream.sessions.completed", "{session}", "Final records of revision 0");
        Corrected = _meter.CreateCounter<long>("flowstream.sessions.corrected", "{session}", "Final records of later revisions");
        Open = _meter.CreateGauge<long>("flowstream.sessions.open", "{session}", "Sessions open in a task at its last commit here");
        Begun = _meter.CreateCounter<long>("flowstream.sessions.begun", "{session}", "Sessions begun, by device");
        Carried = _meter.CreateUpDownCounter<long>(
            "flowstream.sessions.carried", "{session}", "Sessions that were open in a state that was taken over, by device");
        Ended = _meter.CreateUpDownCounter<long>(
            "flowstream.sessions.ended", "{session}", "Sessions with a final record, by device and completeness");
        Inferred = _meter.CreateUpDownCounter<long>(
            "flowstream.sessions.inferred", "{session}", "Sessions that ended without a close, by device and reason");
        DeviceOpen = _meter.CreateGauge<long>("flowstream.sessions.unended", "{session}", "The open sessions of a task, by device");
        Denials = _meter.CreateCounter<long>("flowstream.denials", "{session}", "Sessions refused by a device");
        Windows = _meter.CreateCounter<long>("flowstream.windows.emitted", "{window}", "Bandwidth windows emitted, revisions included");
        LatePartials = _meter.CreateCounter<long>("flowstream.windows.late", "{sum}", "Partial sums for windows no longer kept");
        FoldedPartials = _meter.CreateCounter<long>("flowstream.windows.folded", "{sum}", "Partial sums added up as other: too many keys");
    }

    internal Counter<long> Parsed { get; }

    internal Counter<long> Repaired { get; }

    internal Counter<long> DeadLettered { get; }

    internal Counter<long> Duplicates { get; }

    internal Counter<long> Old { get; }

    internal Counter<long> CounterFaults { get; }

    internal Counter<long> SubstitutedTimes { get; }

    internal Counter<long> UnlistedReasons { get; }

    internal Counter<long> NotJoined { get; }

    internal Counter<long> RepeatedLines { get; }

    internal Counter<long> Completed { get; }

    internal Counter<long> Corrected { get; }

    internal Gauge<long> Open { get; }

    internal Counter<long> Begun { get; }

    internal UpDownCounter<long> Carried { get; }

    internal UpDownCounter<long> Ended { get; }

    internal UpDownCounter<long> Inferred { get; }

    internal Gauge<long> DeviceOpen { get; }

    internal Counter<long> Denials { get; }

    internal Counter<long> Windows { get; }

    internal Counter<long> LatePartials { get; }

    internal Counter<long> FoldedPartials { get; }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
