namespace FlowStream.Streams;

/// <summary>What an <see cref="IStateQuery"/> asks of one task.</summary>
public interface IStateVisit
{
    /// <summary>
    /// Works for a moment, at most about a millisecond: the task's records wait meanwhile. It must not block and must change nothing.
    /// </summary>
    /// <returns>True when there is nothing more to ask; false to be called again in the thread's next turn.</returns>
    bool Continue();
}
