namespace FlowStream.Parsing;

/// <summary>What a message says about a session: the <c>kind</c> of an event.</summary>
public enum EventKind : byte
{
    /// <summary>No event: the state of a <see cref="SessionEvent"/> that holds nothing.</summary>
    None,

    /// <summary>The session began (RT_FLOW_SESSION_CREATE, APPTRACK_SESSION_CREATE).</summary>
    Create,

    /// <summary>The session ended (RT_FLOW_SESSION_CLOSE, APPTRACK_SESSION_CLOSE).</summary>
    Close,

    /// <summary>The session was refused (RT_FLOW_SESSION_DENY).</summary>
    Deny,

    /// <summary>Running totals of a session that goes on (APPTRACK_SESSION_VOL_UPDATE).</summary>
    VolumeUpdate,
}
