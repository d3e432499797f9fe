using FlowStream.Bandwidth;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>Takes what a restored state says and forgets it.</summary>
internal sealed class NoOutput : ISessionOutput, IWindowOutput
{
    private readonly RowList _rows = new([]);

    /// <summary>Takes rows.</summary>
    public IStateWriter Rows => _rows;

    public void Completed(CompletedSession session) => Assert.False(session.SessionKey.Span.IsEmpty);

    public void Denied(Denial denial) => Assert.Fail("A restored state refuses nothing.");

    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions) => Assert.True(delta.ToMs >= delta.FromMs);

    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions) =>
        Assert.InRange(number, -1, count == SessionCount.Denied ? ushort.MaxValue : 1);

    public void Window(BandwidthWindow window) => Assert.True(window.WindowEnd > window.WindowStart);
}
