namespace FlowStream.Parsing;

/// <summary>The messages that are parsed: the tag (RFC 5424 MSGID) of a Junos message, the log type of a PAN-OS one.</summary>
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

    /// <summary>RT_FLOW_NEXTHOP_CHANGE.</summary>
    RtFlowNexthopChange,

    /// <summary>APPTRACK_SESSION_ROUTE_UPDATE.</summary>
    AppTrackSessionRouteUpdate,

    /// <summary>APPTRACK_SESSION_APP_UPDATE.</summary>
    AppTrackSessionAppUpdate,

    /// <summary>PAN-OS TRAFFIC: what it says is told by the subtype.</summary>
    PanosTraffic,
}
