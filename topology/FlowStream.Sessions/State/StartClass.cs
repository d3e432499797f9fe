namespace FlowStream.Sessions.State;

/// <summary>How well a session's start is known, best first.</summary>
internal enum StartClass : byte
{
    /// <summary>A create message says it.</summary>
    Create,

    /// <summary>The time of a close less its elapsed time.</summary>
    CloseElapsed,

    /// <summary>The time of an update less its elapsed time.</summary>
    UpdateElapsed,

    /// <summary>The first message seen: the session began some time before.</summary>
    FirstSeen,
}
