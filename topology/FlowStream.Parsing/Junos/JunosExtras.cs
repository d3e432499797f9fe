using static FlowStream.Parsing.AbsentForms;
using static FlowStream.Parsing.FieldTable;
using static FlowStream.Parsing.Junos.JunosMessages;
using Forms = FlowStream.Parsing.AbsentForms;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// The keys of Junos that have no field: they are kept as text under their own name. Being listed makes them resolve by the same hash as
/// the fields, gives them their own forms of "no value", and puts them into <c>docs/fields.md</c>. A key is one line.
/// </summary>
internal static class JunosExtras
{
    private const Forms Measured = ExtraAbsent | NoMeasurement;
    private const Forms Peer = ExtraAbsent | UnspecifiedAddress;
    private const JunosMessages Opened = FlowCreate | FlowClose;
    private const JunosMessages Routed = TrackVolume | TrackClose | TrackRoute | Nexthop;
    private const JunosMessages Linked = QoeSession | QoeActive | QoeApp;

    /// <summary>The keys.</summary>
    public static readonly DeviceKey[] Keys =
    [
        new("src-nat-rule-type", "15.1X49", Opened),
        new("dst-nat-rule-type", "15.1X49", Opened),
        new("connection-tag", "seen 2019", JunosMessages.Flow),
        new("nat-connection-tag", "seen 2019", Opened),
        new("application-risk", "seen 2019", JunosMessages.Flow, ExtraAbsent | MinusOne),
        new("application-characteristics", "seen 2019", JunosMessages.Flow),
        new("secure-web-proxy-session-type", "seen 2020", FlowClose),
        new("peer-session-id", "seen 2020", FlowClose),
        new("peer-source-address", "seen 2020", FlowClose, Peer),
        new("peer-source-port", "seen 2020", FlowClose),
        new("peer-destination-address", "seen 2020", FlowClose, Peer),
        new("peer-destination-port", "seen 2020", FlowClose),
        new("hostname", "seen 2020", FlowClose),
        new("src-vrf-grp", "seen 2020", JunosMessages.Flow | Track),
        new("dst-vrf-grp", "seen 2020", JunosMessages.Flow | Track),
        new("tunnel-inspection", "seen 2021", Opened),
        new("tunnel-inspection-policy-set", "seen 2021", Opened),
        new("session-flag", "seen 2021", FlowClose),
        new("source-tenant", "22.2R1", JunosMessages.Flow),
        new("destination-service", "22.2R1", JunosMessages.Flow),
        new("user-type", "seen 2024", FlowClose | FlowDeny),
        new("dst-identity-context-name", "25.4R1", JunosMessages.Flow),
        new("dst-identity-context-roles", "25.4R1", JunosMessages.Flow),
        new("gbp-src-tag", "25.4R1", JunosMessages.Flow),
        new("gbp-dst-tag", "25.4R1", JunosMessages.Flow),
        new("forwarded-for", "25.4R1", JunosMessages.Flow),
        new("url-host", "25.4R1", FlowClose | FlowDeny),
        new("url-cat", "25.4R1", FlowClose | FlowDeny),
        new("url-risk", "25.4R1", FlowClose | FlowDeny, ExtraAbsent | MinusOne),
        new("src-vrf", "25.4R1", JunosMessages.Flow),
        new("dst-vrf", "25.4R1", JunosMessages.Flow),
        new("source-country", "26.2R1", FlowDeny),
        new("destination-country", "26.2R1", FlowDeny),
        new("prefix", "19.3R2", Opened),
        new("service-set-name", "19.3R2", Opened),
        new("profile-name", "15.1X49-D100", Routed | Mismatch),
        new("rule-name", "15.1X49-D100", Routed | Mismatch),
        new("action", "seen in test code", Mismatch),
        new("source-l3vpn-vrf-group-name", "15.1X49-D170", Track),
        new("destination-l3vpn-vrf-group-name", "15.1X49-D170", Track),
        new("uplink-incoming-interface-name", "18.2R1", TrackClose | Nexthop),
        new("uplink-tx-bytes", "18.2R1", TrackClose | Nexthop),
        new("uplink-rx-bytes", "18.2R1", TrackClose | Nexthop),
        new("multipath-rule-name", "18.4R1", TrackClose),
        new("apbr-policy-name", "18.4R1", TrackClose | TrackRoute | Nexthop),
        new("webfilter-category", "18.4R1", TrackRoute),
        new("bypass-status", "21.1R1", TrackRoute),
        new("last-destination-interface-name", "19.1R1", Nexthop),
        new("last-incoming-interface-name", "19.1R1", Nexthop),
        new("dscp-value", "19.3R1", Routed),
        new("apbr-rule-type", "19.3R1", Routed),
        new("apbr-profile", "18.2R1", QoeSession | QoeApp),
        new("apbr-rule", "18.2R1", QoeSession | QoeApp),
        new("group-name", "18.2R1", QoeSession | QoeApp),
        new("ip-dscp", "18.2R1", Linked),
        new("sla-rule", "18.2R1", QoeSession | QoeApp),
        new("previous-interface", "18.2R1", QoePath | QoeAppPath),
        new("active-probe-params", "18.2R1", Linked),
        new("destination-group-name", "18.2R1", Linked),
        new("ingress-jitter", "18.2R1", Metrics, Measured),
        new("egress-jitter", "18.2R1", Metrics, Measured),
        new("rtt-jitter", "18.2R1", Metrics, Measured),
        new("rtt", "18.2R1", Metrics, Measured),
        new("pkt-loss", "18.2R1", Metrics, Measured),
        new("monitoring-time", "18.2R1", Metrics),
        new("target-jitter-type", "18.2R1", QoeViolation | QoeAppViolation),
        new("target-jitter", "18.2R1", QoeViolation | QoeAppViolation),
        new("target-rtt", "18.2R1", QoeViolation | QoeAppViolation),
        new("target-pkt-loss", "18.2R1", QoeViolation | QoeAppViolation),
        new("violation-reason", "18.2R1", QoeViolation | QoeAppViolation),
        new("jitter-violation-count", "18.2R1", QoeViolation),
        new("pkt-loss-violation-count", "18.2R1", QoeViolation),
        new("rtt-violation-count", "18.2R1", QoeViolation),
        new("violation-duration", "18.2R1", QoeViolation | QoeAppViolation | QoeAppPath),
        new("forwarding-class", "20.4R1", QoeActive),
        new("loss-priority", "20.4R1", QoeActive),
        new("active-probe-type", "20.4R1", QoeActive),
        new("other-app", "20.4R1", QoeApp),
        new("session-count", "20.4R1", QoeAppPath),
        new("selection-criteria", "20.4R1", QoeApp),
        new("server-ip", "20.4R1", QoeAppPath | QoeAppViolation, ExtraAbsent | UnspecifiedAddress),
        new("url", "20.4R1", QoeAppPath | QoeAppViolation),
        new("server-url", "21.2R1", QoeAppPath),
        new("forwarding-nexthop-id", "21.2R1", QoeAppPath),
        new("previous-link-tag", "21.2R1", QoeAppPath),
        new("previous-link-priority", "21.2R1", QoeAppPath),
        new("destination-link-tag", "21.2R1", QoeAppPath),
        new("destination-link-priority", "21.2R1", QoeAppPath),
        new("min-ingress-jitter", "21.2R1", QoeAppPassive, Measured),
        new("min-egress-jitter", "21.2R1", QoeAppPassive, Measured),
        new("min-rtt-jitter", "21.2R1", QoeAppPassive, Measured),
        new("min-rtt", "21.2R1", QoeAppPassive, Measured),
        new("min-pkt-loss", "21.2R1", QoeAppPassive, Measured),
        new("max-ingress-jitter", "21.2R1", QoeAppPassive, Measured),
        new("max-egress-jitter", "21.2R1", QoeAppPassive, Measured),
        new("max-rtt-jitter", "21.2R1", QoeAppPassive, Measured),
        new("max-rtt", "21.2R1", QoeAppPassive, Measured),
        new("max-pkt-loss", "21.2R1", QoeAppPassive, Measured),
        new("probe-count", "21.2R1", QoeAppPassive),
    ];

    /// <summary>How many words of 64 bits have a bit for each key.</summary>
    public const int SeenWords = 2;

    /// <summary>The names of <see cref="Keys"/>.</summary>
    public static readonly byte[][] Names = [.. Keys.Select(key => System.Text.Encoding.ASCII.GetBytes(key.Name))];

    private static readonly Forms[] Absent = [.. Keys.Select(key => key.Absent)];

    /// <summary>How devices print that a key without a field has no value.</summary>
    /// <param name="index">What <see cref="FieldTable.Keys"/> says of the key; -1 for a key that is not listed.</param>
    public static Forms FormsOf(int index)
    {
        int listed = index - Rules.Length;
        return (uint)listed < (uint)Absent.Length ? Absent[listed] : ExtraAbsent;
    }
}
