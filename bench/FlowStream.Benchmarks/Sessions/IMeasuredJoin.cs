using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>A join of messages to sessions that can be measured.</summary>
internal interface IMeasuredJoin
{
    /// <summary>Sessions that are open.</summary>
    int OpenSessions { get; }

    /// <summary>Takes parsed messages in order, all received at one time.</summary>
    void Apply(ReadOnlySpan<SessionEvent> messages, long timeMs);

    /// <summary>Ends the work of a transaction.</summary>
    void Commit();
}
