using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>The product's join, called as the session stage calls it; what it writes is counted and thrown away.</summary>
internal sealed class SlotJoin : IMeasuredJoin, ISessionOutput, IStateWriter
{
    private readonly SessionJoin _join = new(new SessionOptions(), hashSeed: 1);

    /// <summary>Records, deltas, counts and rows written.</summary>
    public long Outputs { get; private set; }

    /// <inheritdoc/>
    public int OpenSessions => _join.OpenSessions;

    /// <summary>Bytes of memory held by the state.</summary>
    public long MemoryBytes => _join.MemoryBytes;

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<SessionEvent> messages, long timeMs)
    {
        _join.Foresee(messages);
        foreach (SessionEvent e in messages) _join.Apply(e, timeMs, default, this);
        _join.AdvanceTime(timeMs, this);
    }

    /// <inheritdoc/>
    public void Commit() => _join.CollectChanges(this);

    /// <inheritdoc/>
    public void Completed(CompletedSession session) => Outputs++;

    /// <inheritdoc/>
    public void Denied(Denial denial) => Outputs++;

    /// <inheritdoc/>
    public void Moved(in VolumeDelta delta, in SessionDimensions dimensions) => Outputs++;

    /// <inheritdoc/>
    public void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions) => Outputs++;

    /// <inheritdoc/>
    public void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Outputs++;

    /// <inheritdoc/>
    public void Delete(ReadOnlySpan<byte> key) => Outputs++;
}
