using FlowStream.Schemas;

namespace FlowStream.Sessions.Tests;

/// <summary>Counts what it is given and keeps nothing.</summary>
internal sealed class DiscardingOutput : ISessionOutput, IStateWriter
{
    public long Records { get; private set; }

    public long Deltas { get; private set; }

    public long Counts { get; private set; }

    public long Rows { get; private set; }

    public void Completed(CompletedSession session) => Records++;

    public void Denied(Denial denial) => Records++;

    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions) => Deltas++;

    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions) => Counts++;

    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Rows++;

    public void Delete(ReadOnlySpan<byte> key) => Rows++;
}
