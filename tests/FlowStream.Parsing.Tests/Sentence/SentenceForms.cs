namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>
/// The forms of the standard messages by release, as the vendor's references print their templates, with the names of the keys that
/// structured messages have. It knows nothing of the parser's table: both are to say the same.
/// </summary>
internal static class SentenceForms
{
    private const string Flow = "{source-address}/{source-port}->{destination-address}/{destination-port}";
    private const string Nat = "{nat-source-address}/{nat-source-port}->{nat-destination-address}/{nat-destination-port}";
    private const string Id = "{protocol-id} {policy-name} {source-zone-name} {destination-zone-name} {session-id-32}";
    private const string Id64 = "{protocol-id} {policy-name} {source-zone-name} {destination-zone-name} {session-id}";
    private const string Rules = "{src-nat-rule-name} {dst-nat-rule-name}";
    private const string TypedRules = "{src-nat-rule-type} {src-nat-rule-name} {dst-nat-rule-type} {dst-nat-rule-name}";
    private const string Old = Flow + " {service-name} " + Nat + " " + Rules + " " + Id;
    private const string Typed = Flow + " {service-name} " + Nat + " " + TypedRules + " " + Id;
    private const string Tagged = Flow + " 0x{connection-tag} {service-name} " + Nat + " 0x{nat-connection-tag} " + TypedRules + " " + Id64;
    private const string Track = Flow + " {service-name} {application} {nested-application} " + Nat + " " + Rules + " " + Id;
    private const string Volume =
        " {packets-from-client}({bytes-from-client}) {packets-from-server}({bytes-from-server}) {elapsed-time}";

    private const string User = " {username}({roles}) {packet-incoming-interface}";
    private const string App = " {application} {nested-application}";
    private const string Category = " {application-category} {application-sub-category} {application-risk}";
    private const string Detail = Category + " {application-characteristics}";
    private const string Vrf = " {src-vrf-grp} {dst-vrf-grp}";
    private const string Tunnel = " {tunnel-inspection} {tunnel-inspection-policy-set}";
    private const string Tenant = " {source-tenant} {destination-service}";
    private const string Proxy = " {secure-web-proxy-session-type} {peer-session-id} {peer-source-address}/{peer-source-port}"
        + "->{peer-destination-address}/{peer-destination-port} {hostname}";

    private const string Created = User + App + " {encrypted}";
    private const string Closed = App + User + " {encrypted}";
    private const string Denied = "{protocol-id}({icmp-type}) {policy-name} {source-zone-name} {destination-zone-name}";
    private const string Deny = "session denied " + Flow + " {service-name} " + Denied;
    private const string DenyTagged = "session denied " + Flow + " 0x{connection-tag} {service-name} " + Denied;
    private const string DenyReason = Closed + " {reason} {session-id}";
    private const string Gbp = " {gbp-src-tag} {gbp-dst-tag} {forwarded-for}";
    private const string Url = " {url-host} {url-cat} {url-risk}";
    private const string Context = " {dst-identity-context-name} {dst-identity-context-roles}";
    private const string Instances = " {src-vrf} {dst-vrf}";
    private const string Close = "session closed {reason}: ";
    private const string Identity = " {username} {roles} {encrypted}";
    private const string Apbr = " {profile-name} {rule-name} {routing-instance}";
    private const string Way = " {destination-interface-name}";
    private const string Kind = " {category} {sub-category}";
    private const string Uplink = " {uplink-incoming-interface-name} {uplink-tx-bytes} {uplink-rx-bytes}";
    private const string Dscp = " {dscp-value} {apbr-rule-type}";
    private const string TrackClose = "AppTrack session closed {reason}: " + Track + Volume;
    private const string TrackUpdate = "AppTrack volume update: " + Track + Volume;
    private const string TrackRoute = "AppTrack route update: " + Track;
    private const string TrackCreate = "AppTrack session created " + Track;

    /// <summary>Tag, first release, template.</summary>
    public static IReadOnlyList<(string Tag, string Since, string Template)> All { get; } =
    [
        ("RT_FLOW_SESSION_CREATE", "10.2", "session created " + Old),
        ("RT_FLOW_SESSION_CREATE", "10.4", "session created " + Old + " {packet-incoming-interface}"),
        ("RT_FLOW_SESSION_CREATE", "11.4", "session created " + Old + User),
        ("RT_FLOW_SESSION_CREATE", "12.1", "session created " + Old + Created),
        ("RT_FLOW_SESSION_CREATE", "15.1X49", "session created " + Typed + Created),
        ("RT_FLOW_SESSION_CREATE", "17.4 MX-SPC3", "session created " + Tagged + Created + Category),
        ("RT_FLOW_SESSION_CREATE", "17.4", "session created " + Tagged + Created + Detail),
        ("RT_FLOW_SESSION_CREATE", "19.1 SD-WAN", "session created " + Tagged + Created + Vrf),
        ("RT_FLOW_SESSION_CREATE", "19.1", "session created " + Tagged + Created + Detail + Vrf),
        ("RT_FLOW_SESSION_CREATE", "21.1", "session created " + Tagged + Created + Detail + Vrf + Tunnel),
        ("RT_FLOW_SESSION_CREATE", "22.2", "session created " + Tagged + Created + Detail + Vrf + Tunnel + Tenant),
        ("RT_FLOW_SESSION_CREATE", "26.2",
            "session created " + Tagged + Created + Detail + Vrf + Tunnel + Tenant + Context + Gbp + Instances),
        ("RT_FLOW_SESSION_CLOSE", "10.2", Close + Old + Volume),
        ("RT_FLOW_SESSION_CLOSE", "10.4", Close + Old + Volume + " {packet-incoming-interface}"),
        ("RT_FLOW_SESSION_CLOSE", "11.4", Close + Old + Volume + App + User),
        ("RT_FLOW_SESSION_CLOSE", "12.1", Close + Old + Volume + Closed),
        ("RT_FLOW_SESSION_CLOSE", "15.1X49", Close + Typed + Volume + Closed),
        ("RT_FLOW_SESSION_CLOSE", "17.4", Close + Tagged + Volume + Closed + Detail),
        ("RT_FLOW_SESSION_CLOSE", "19.1 SD-WAN", Close + Tagged + Volume + Closed + Vrf),
        ("RT_FLOW_SESSION_CLOSE", "19.1", Close + Tagged + Volume + Closed + Detail + Proxy + Vrf),
        ("RT_FLOW_SESSION_CLOSE", "21.1", Close + Tagged + Volume + Closed + Detail + Proxy + Vrf + Tunnel),
        ("RT_FLOW_SESSION_CLOSE", "22.2", Close + Tagged + Volume + Closed + Detail + Proxy + Vrf + Tunnel + " {session-flag}" + Tenant),
        ("RT_FLOW_SESSION_CLOSE", "24.2",
            Close + Tagged + Volume + Closed + Detail + Proxy + Vrf + Tunnel + " {session-flag}" + Tenant + " {user-type}"),
        ("RT_FLOW_SESSION_CLOSE", "26.2", Close + Tagged + Volume + Closed + Detail + Proxy + Vrf + Tunnel + " {session-flag}" + Tenant
            + " {user-type}" + Context + Gbp + Url + Instances),
        ("RT_FLOW_SESSION_DENY", "10.2", Deny),
        ("RT_FLOW_SESSION_DENY", "11.4", Deny + App + User),
        ("RT_FLOW_SESSION_DENY", "12.1", Deny + Closed),
        ("RT_FLOW_SESSION_DENY", "12.3", Deny + Closed + " {reason}"),
        ("RT_FLOW_SESSION_DENY", "17.4", DenyTagged + DenyReason),
        ("RT_FLOW_SESSION_DENY", "19.1 SD-WAN", DenyTagged + DenyReason + Vrf),
        ("RT_FLOW_SESSION_DENY", "17.4, applications", DenyTagged + DenyReason + Detail),
        ("RT_FLOW_SESSION_DENY", "19.1", DenyTagged + DenyReason + Detail + Vrf),
        ("RT_FLOW_SESSION_DENY", "22.2", DenyTagged + DenyReason + Detail + Vrf + Tenant),
        ("RT_FLOW_SESSION_DENY", "24.2", DenyTagged + DenyReason + Detail + Vrf + Tenant + " {user-type}"),
        ("RT_FLOW_SESSION_DENY", "26.2", DenyTagged + DenyReason + Detail + Vrf + Tenant + " {user-type}" + Context
            + " {source-country} {destination-country}" + Gbp + Url + Instances),
        ("APPTRACK_SESSION_CREATE", "10.2", TrackCreate),
        ("APPTRACK_SESSION_CREATE", "12.1", TrackCreate + Identity),
        ("APPTRACK_SESSION_CREATE", "15.1X49-D100", TrackCreate + Identity + Way),
        ("APPTRACK_SESSION_CREATE", "15.1X49-D170", TrackCreate + Identity + Way + Vrf),
        ("APPTRACK_SESSION_CREATE", "17.4", TrackCreate + Identity + Way + Kind),
        ("APPTRACK_SESSION_CREATE", "18.1", TrackCreate + Identity + Way + Kind + Vrf),
        ("APPTRACK_SESSION_VOL_UPDATE", "10.2", TrackUpdate),
        ("APPTRACK_SESSION_VOL_UPDATE", "12.1", TrackUpdate + Identity),
        ("APPTRACK_SESSION_VOL_UPDATE", "15.1X49-D100", TrackUpdate + Identity + Way),
        ("APPTRACK_SESSION_VOL_UPDATE", "15.1X49-D170", TrackUpdate + Identity + Apbr + Way + Vrf),
        ("APPTRACK_SESSION_VOL_UPDATE", "17.4", TrackUpdate + Identity + Way + Kind),
        ("APPTRACK_SESSION_VOL_UPDATE", "19.1", TrackUpdate + Identity + Way + Vrf),
        ("APPTRACK_SESSION_VOL_UPDATE", "19.3", TrackUpdate + Identity + Way + Dscp),
        ("APPTRACK_SESSION_VOL_UPDATE", "20.1", TrackUpdate + Identity + Way + " {apbr-rule-type}"),
        ("APPTRACK_SESSION_VOL_UPDATE", "20.4", TrackUpdate + Identity + Way + Kind + Vrf + Dscp),
        ("APPTRACK_SESSION_CLOSE", "10.2", TrackClose),
        ("APPTRACK_SESSION_CLOSE", "12.1", TrackClose + Identity),
        ("APPTRACK_SESSION_CLOSE", "15.1X49-D100", TrackClose + Identity + Apbr + Way),
        ("APPTRACK_SESSION_CLOSE", "15.1X49-D100, no APBR", TrackClose + Identity + Way),
        ("APPTRACK_SESSION_CLOSE", "15.1X49-D170", TrackClose + Identity + Apbr + Way + Vrf),
        ("APPTRACK_SESSION_CLOSE", "17.4, no APBR", TrackClose + Identity + Way + Kind),
        ("APPTRACK_SESSION_CLOSE", "18.2, categories", TrackClose + Identity + Apbr + Way + Uplink + Kind),
        ("APPTRACK_SESSION_CLOSE", "17.4", TrackClose + Identity + Apbr + Way + Kind),
        ("APPTRACK_SESSION_CLOSE", "18.2", TrackClose + Identity + Apbr + Way + Uplink),
        ("APPTRACK_SESSION_CLOSE", "18.2, name last", TrackClose + Identity + Apbr + Way
            + " {uplink-tx-bytes} {uplink-rx-bytes} {uplink-incoming-interface-name}"),
        ("APPTRACK_SESSION_CLOSE", "18.4", TrackClose + Identity + Apbr + Way + Uplink + " {multipath-rule-name}"),
        ("APPTRACK_SESSION_CLOSE", "19.1", TrackClose + Identity + Apbr + Way + Uplink + " {multipath-rule-name}" + Vrf),
        ("APPTRACK_SESSION_CLOSE", "19.3", TrackClose + Identity + Way + Dscp),
        ("APPTRACK_SESSION_CLOSE", "20.1", TrackClose + Identity + Way + " {apbr-rule-type}"),
        ("APPTRACK_SESSION_CLOSE", "20.4", TrackClose + Identity + Apbr + Way + Uplink + Kind
            + " {apbr-policy-name} {multipath-rule-name}" + Vrf + Dscp),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "15.1X49-D100", TrackRoute + Identity + Apbr + Way),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "15.1X49-D170", TrackRoute + Identity + Apbr + Way + Vrf),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "17.4", TrackRoute + Identity + Apbr + Way + Kind),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "18.4", TrackRoute + Identity + Apbr + Way + Kind + " {apbr-policy-name} {webfilter-category}"),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "19.3", TrackRoute + Identity + Apbr + Way + Dscp),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "20.1", TrackRoute + Identity + Apbr + Way + " {apbr-rule-type}"),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "20.4",
            TrackRoute + Identity + Apbr + Way + Kind + " {apbr-policy-name} {webfilter-category}" + Vrf + Dscp),
        ("APPTRACK_SESSION_ROUTE_UPDATE", "21.1",
            TrackRoute + Identity + Apbr + Way + Kind + " {apbr-policy-name} {webfilter-category} {bypass-status}" + Vrf + Dscp),
        ("APPTRACK_SESSION_APP_UPDATE", "10.3", "AppTrack app update: " + Track + Volume),
    ];
}
