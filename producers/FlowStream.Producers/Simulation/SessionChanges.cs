namespace FlowStream.Producers.Simulation;

/// <summary>The messages in which a Junos device tells of what changes in a session, and the keys of each.</summary>
internal static class SessionChanges
{
    private const string Head = "source-address source-port destination-address destination-port service-name application "
        + "nested-application";
    private const string Tail = "protocol-id policy-name source-zone-name destination-zone-name session-id-32";
    private const string Counters = "packets-from-client bytes-from-client packets-from-server bytes-from-server";
    private const string User = "username roles";
    private const string Route = "changed-profile changed-rule changed-instance changed-interface";
    private const string Chosen = "chosen-profile chosen-rule changed-instance changed-interface ip-dscp sla-rule";
    private const string Probe = "active-probe-params destination-group-name";

    /// <summary>Each message and its keys.</summary>
    public static readonly (string Tag, string[] Keys)[] All =
    [
        Of("APPTRACK_SESSION_APP_UPDATE", $"{Head} {Tail} {Counters} elapsed-time {User}"),
        Of("APPTRACK_SESSION_ROUTE_UPDATE", $"{Head} {Tail} {User} encrypted {Route}"),
        Of("RT_FLOW_NEXTHOP_CHANGE", $"{Head} {Tail} {Counters} elapsed-time {User} encrypted {Route} uplink-tx-bytes uplink-rx-bytes"),
        Of("APPQOE_BEST_PATH_SELECTED", $"{Head} {Tail} {User} {Chosen} elapsed-time {Counters} {Probe}"),
        Of("APPQOE_PASSIVE_SLA_METRIC_REPORT", $"{Head} {Tail} {User} {Chosen} ingress-jitter rtt-jitter rtt pkt-loss {Counters} {Probe}"),
        Of(
            "APPQOE_SLA_METRIC_VIOLATION",
            $"{Head} {Tail} {User} {Chosen} ingress-jitter rtt pkt-loss target-rtt violation-reason {Counters} {Probe}"),
    ];

    /// <summary>The messages that are a step of the route.</summary>
    public static readonly string[] Routed = ["APPTRACK_SESSION_ROUTE_UPDATE", "RT_FLOW_NEXTHOP_CHANGE", "APPQOE_BEST_PATH_SELECTED"];

    /// <summary>The device's own name of a key: what changes has keys of its own here.</summary>
    public static string Name(string key) => key switch
    {
        "changed-profile" => "profile-name",
        "changed-rule" => "rule-name",
        "changed-instance" => "routing-instance",
        "changed-interface" => "destination-interface-name",
        "chosen-profile" => "apbr-profile",
        "chosen-rule" => "apbr-rule",
        _ => key,
    };

    /// <summary>The value of a key at age <paramref name="ageMs"/>, or null for a key that is not of a change.</summary>
    public static string? Value(string key, long ageMs, in SimulatedVolume volume) => key switch
    {
        "changed-profile" or "chosen-profile" => "apbr1",
        "changed-rule" or "chosen-rule" => Numbered("rule", ageMs),
        "changed-instance" => Numbered("isp", ageMs),
        "changed-interface" => Numbered("gr-0/0/0.", ageMs),
        "uplink-tx-bytes" => Text(volume.ClientBytes),
        "uplink-rx-bytes" => Text(volume.ServerBytes),
        "ip-dscp" => "0",
        "sla-rule" => "sla1",
        "active-probe-params" => "probe1",
        "destination-group-name" => "site1",
        // No measurement.
        "ingress-jitter" => "4294967295",
        "rtt-jitter" => Text(ageMs % 97),
        "rtt" => Text(500 + (ageMs % 9001)),
        "pkt-loss" => Text(ageMs % 3),
        "target-rtt" => "500",
        "violation-reason" => "1",
        _ => null,
    };

    private static string Numbered(string name, long ageMs) => name + Text(1 + (ageMs / 1000 % 3));

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static (string Tag, string[] Keys) Of(string tag, string keys) => (tag, keys.Split(' '));
}
