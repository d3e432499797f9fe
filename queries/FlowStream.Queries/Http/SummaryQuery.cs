using FlowStream.Sessions.Table;
using FlowStream.Streams;
using FlowStream.Topology;

namespace FlowStream.Queries.Http;

/// <summary>Counts the sessions of every task.</summary>
internal sealed class SummaryQuery : IStateQuery
{
    private readonly Lock _lock = new();
    private readonly SessionFilter _filter;

    public SummaryQuery(SessionFilter filter) => _filter = filter;

    /// <summary>What the tasks that were asked in full hold; complete when the question is.</summary>
    public SessionSummary Total { get; } = new();

    public IStateVisit Begin(int partition, IProcessor processor) => new SummaryVisit(this, ((SessionProcessor)processor).Scan(_filter));

    /// <summary>Adds what one task holds.</summary>
    public void Add(SessionSummary summary)
    {
        lock (_lock) Total.Add(summary);
    }
}
