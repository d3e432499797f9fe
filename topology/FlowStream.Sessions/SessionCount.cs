namespace FlowStream.Sessions;

/// <summary>What is counted once per session and window.</summary>
public enum SessionCount : byte
{
    /// <summary>The session began: in the window of its start.</summary>
    Opened,

    /// <summary>The session ended: in the window of its end.</summary>
    Closed,

    /// <summary>The session was refused: in the window of the refusal.</summary>
    Denied,
}
