namespace FlowStream.Parsing.Junos;

/// <summary>Sets of messages, one bit for each <see cref="EventTag"/>: in which of them a key was seen.</summary>
[Flags]
internal enum JunosMessages
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>RT_FLOW_SESSION_CREATE.</summary>
    FlowCreate = 1 << EventTag.RtFlowSessionCreate,

    /// <summary>RT_FLOW_SESSION_CLOSE.</summary>
    FlowClose = 1 << EventTag.RtFlowSessionClose,

    /// <summary>RT_FLOW_SESSION_DENY.</summary>
    FlowDeny = 1 << EventTag.RtFlowSessionDeny,

    /// <summary>The RT_FLOW_SESSION messages.</summary>
    Flow = FlowCreate | FlowClose | FlowDeny,

    /// <summary>APPTRACK_SESSION_CREATE.</summary>
    TrackCreate = 1 << EventTag.AppTrackSessionCreate,

    /// <summary>APPTRACK_SESSION_VOL_UPDATE.</summary>
    TrackVolume = 1 << EventTag.AppTrackSessionVolUpdate,

    /// <summary>APPTRACK_SESSION_CLOSE.</summary>
    TrackClose = 1 << EventTag.AppTrackSessionClose,

    /// <summary>APPTRACK_SESSION_ROUTE_UPDATE.</summary>
    TrackRoute = 1 << EventTag.AppTrackSessionRouteUpdate,

    /// <summary>APPTRACK_SESSION_APP_UPDATE.</summary>
    TrackApp = 1 << EventTag.AppTrackSessionAppUpdate,

    /// <summary>The APPTRACK_SESSION messages.</summary>
    Track = TrackCreate | TrackVolume | TrackClose | TrackRoute | TrackApp,

    /// <summary>RT_FLOW_NEXTHOP_CHANGE.</summary>
    Nexthop = 1 << EventTag.RtFlowNexthopChange,

    /// <summary>APBR_ZONE_MISMATCH.</summary>
    Mismatch = 1 << EventTag.ApbrZoneMismatch,

    /// <summary>The messages made of the fields of AppTrack.</summary>
    Tracked = Track | Nexthop | Mismatch,

    /// <summary>Those of them that carry the running totals.</summary>
    Totals = TrackVolume | TrackClose | TrackApp | Nexthop,

    /// <summary>APPQOE_BEST_PATH_SELECTED.</summary>
    QoePath = 1 << EventTag.AppQoeBestPathSelected,

    /// <summary>APPQOE_PASSIVE_SLA_METRIC_REPORT.</summary>
    QoePassive = 1 << EventTag.AppQoePassiveSlaMetricReport,

    /// <summary>APPQOE_ACTIVE_SLA_METRIC_REPORT.</summary>
    QoeActive = 1 << EventTag.AppQoeActiveSlaMetricReport,

    /// <summary>APPQOE_SLA_METRIC_VIOLATION.</summary>
    QoeViolation = 1 << EventTag.AppQoeSlaMetricViolation,

    /// <summary>The APPQOE messages about a session.</summary>
    QoeSession = QoePath | QoePassive | QoeViolation,

    /// <summary>APPQOE_APP_BEST_PATH_SELECTED.</summary>
    QoeAppPath = 1 << EventTag.AppQoeAppBestPathSelected,

    /// <summary>APPQOE_APP_PASSIVE_SLA_METRIC_REPORT.</summary>
    QoeAppPassive = 1 << EventTag.AppQoeAppPassiveSlaMetricReport,

    /// <summary>APPQOE_APP_SLA_METRIC_VIOLATION.</summary>
    QoeAppViolation = 1 << EventTag.AppQoeAppSlaMetricViolation,

    /// <summary>The APPQOE_APP messages.</summary>
    QoeApp = QoeAppPath | QoeAppPassive | QoeAppViolation,

    /// <summary>The APPQOE messages that carry measurements.</summary>
    Metrics = QoePassive | QoeActive | QoeViolation | QoeAppPassive | QoeAppViolation,

    /// <summary>The APPQOE messages.</summary>
    Qoe = QoeSession | QoeActive | QoeApp,
}
