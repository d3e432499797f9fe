namespace FlowStream.Parsing;

/// <summary>The messages that are parsed: the tag (RFC 5424 MSGID) of a Junos message, the log type of a PAN-OS one.
/// The forms of one tag (<see cref="TagVariant"/>) are one value: to the join they say the same.</summary>
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

    /// <summary>APBR_ZONE_MISMATCH.</summary>
    ApbrZoneMismatch,

    /// <summary>APPQOE_BEST_PATH_SELECTED.</summary>
    AppQoeBestPathSelected,

    /// <summary>APPQOE_PASSIVE_SLA_METRIC_REPORT.</summary>
    AppQoePassiveSlaMetricReport,

    /// <summary>APPQOE_ACTIVE_SLA_METRIC_REPORT.</summary>
    AppQoeActiveSlaMetricReport,

    /// <summary>APPQOE_SLA_METRIC_VIOLATION.</summary>
    AppQoeSlaMetricViolation,

    /// <summary>APPQOE_APP_BEST_PATH_SELECTED.</summary>
    AppQoeAppBestPathSelected,

    /// <summary>APPQOE_APP_PASSIVE_SLA_METRIC_REPORT.</summary>
    AppQoeAppPassiveSlaMetricReport,

    /// <summary>APPQOE_APP_SLA_METRIC_VIOLATION.</summary>
    AppQoeAppSlaMetricViolation,

    /// <summary>
    /// <c>last message repeated N times</c>: not a message of the device but its syslog daemon's word for equal lines left out.
    /// </summary>
    LastMessageRepeated,
}
