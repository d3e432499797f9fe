using FlowStream.Schemas;

namespace FlowStream.Sessions;

/// <summary>Where the join puts what it finds. Everything passed is valid only during the call.</summary>
public interface ISessionOutput
{
    /// <summary>A final record: revision 0, or a correction of an earlier one.</summary>
    void Completed(CompletedSession session);

    /// <summary>A session that the device refused.</summary>
    void Denied(Denial denial);

    /// <summary>Bytes and packets to book, or to take back.</summary>
    void Moved(in VolumeDelta delta, in SessionDimensions dimensions);

    /// <summary>A session to count in the window of <paramref name="timeMs"/>.</summary>
    /// <param name="count">What to count.</param>
    /// <param name="number">How many to count, below 0 to take back.</param>
    /// <param name="timeMs">Unix milliseconds.</param>
    /// <param name="dimensions">The session's dimensions.</param>
    void Counted(SessionCount count, int number, long timeMs, in SessionDimensions dimensions);
}
