using FlowStream.Sessions.Table;
using FlowStream.Streams;

namespace FlowStream.Queries.Http;

/// <summary>Counts the sessions of one task.</summary>
internal sealed class SummaryVisit : IStateVisit
{
    private readonly SummaryQuery _query;
    private readonly SessionScan _scan;
    private readonly SessionSummary _summary = new();

    public SummaryVisit(SummaryQuery query, SessionScan scan)
    {
        _query = query;
        _scan = scan;
    }

    public bool Continue()
    {
        int budget = _scan.SlotsPerStep;
        while (true)
        {
            ScanStep step = _scan.Next(ref budget);
            if (step == ScanStep.Paused) return false;
            if (step == ScanStep.Ended) break;
            _summary.Add(_scan);
        }
        _query.Add(_summary);
        return true;
    }
}
