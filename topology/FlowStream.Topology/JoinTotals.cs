using FlowStream.Sessions;

namespace FlowStream.Topology;

/// <summary>The counters of a join as of the last commit.</summary>
internal readonly record struct JoinTotals(
    long Finals, long Revisions, long Denials, long Duplicates, long OldEvents, long CounterFaults, long SubstitutedTimes,
    long UnlistedReasons, int UnlistedTexts, long NotJoined, long RepeatedLines)
{
    public static JoinTotals Of(SessionCounters counters) => new(
        counters.Finals,
        counters.Revisions,
        counters.Denials,
        counters.Duplicates,
        counters.OldEvents,
        counters.CounterFaults,
        counters.SubstitutedTimes,
        counters.UnlistedReasons.Total,
        counters.UnlistedReasons.Count,
        counters.NotJoined,
        counters.RepeatedLines);
}
