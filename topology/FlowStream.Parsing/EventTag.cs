namespace FlowStream.Parsing;

/// <summary>The message tags (RFC 5424 MSGID) that are parsed, as Junos prints them.</summary>
public enum EventTag : byte
{
    /// <summary>No tag.</summary>
    None,

    /// <summary>RT_FLOW_SESSION_CREATE.</summary>
    RtFlowSessionCreate,

    /// <summary>RT_FLOW_SESSION_CLOSE.</summary>
    RtFlowSessionClose,

    /// <summary>RT_FLOW_SESSION_DENY.</summary>
    RtFlowSessionDeny,

    /// <summary>APPTRACK_SESSION_CREATE.</summary>
    AppTrackSessionCreate,

    /// <summary>APPTRACK_SESSION_VOL_UPDATE.</summary>
    AppTrackSessionVolUpdate,

    /// <summary>APPTRACK_SESSION_CLOSE.</summary>
    AppTrackSessionClose,
}
