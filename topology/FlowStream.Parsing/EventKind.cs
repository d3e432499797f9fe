namespace FlowStream.Parsing;

/// <summary>What a message says about a session: the <c>kind</c> of an event.</summary>
public enum EventKind : byte
{
    /// <summary>No event: the state of a <see cref="SessionEvent"/> that holds nothing.</summary>
    None,

    /// <summary>The session began (RT_FLOW_SESSION_CREATE, APPTRACK_SESSION_CREATE).</summary>
    Create,

    /// <summary>The session ended (RT_FLOW_SESSION_CLOSE, APPTRACK_SESSION_CLOSE, PAN-OS TRAFFIC <c>end</c>).</summary>
    Close,

    /// <summary>The session was refused (RT_FLOW_SESSION_DENY, PAN-OS TRAFFIC <c>drop</c> and <c>deny</c>).</summary>
    Deny,

    /// <summary>Running totals of a session that goes on (APPTRACK_SESSION_VOL_UPDATE).</summary>
    VolumeUpdate,

    /// <summary>Advanced policy-based routing moved the session (APPTRACK_SESSION_ROUTE_UPDATE).</summary>
    RouteUpdate,

    /// <summary>The session leaves by another interface (RT_FLOW_NEXTHOP_CHANGE).</summary>
    NexthopChange,

    /// <summary>The application of the session is known better (APPTRACK_SESSION_APP_UPDATE).</summary>
    AppUpdate,

    /// <summary>AppQoE chose a path (APPQOE_BEST_PATH_SELECTED, APPQOE_APP_BEST_PATH_SELECTED).</summary>
    PathSelected,

    /// <summary>AppQoE measured a path (the APPQOE SLA metric reports).</summary>
    SlaReport,

    /// <summary>AppQoE found a path below its targets (the APPQOE SLA metric violations).</summary>
    SlaViolation,

    /// <summary>
    /// The session was logged when an application was identified (PAN-OS TRAFFIC <c>start</c>); it may come several times.
    /// </summary>
    Start,

    /// <summary>A message that belongs to the logs and says nothing about a session's life.</summary>
    Other,
}
