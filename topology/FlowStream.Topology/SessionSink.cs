using FlowStream.Schemas;
using FlowStream.Sessions;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>Where the join puts its results during one call. A struct, so that the join calls it without a virtual call.</summary>
internal readonly struct SessionSink(SessionResults results, IRecordCollector output) : ISessionOutput
{
    public void Completed(CompletedSession session) => results.Completed(session, output);

    public void Denied(Denial denial) => results.Denied(denial, output);

    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions)
    {
        results.Partials.Add(delta, dimensions);
        if (results.Partials.IsFull) results.Drain(output);
    }

    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions)
    {
        results.Partials.Count(count, number, timeMs, dimensions);
        if (results.Partials.IsFull) results.Drain(output);
    }
}
