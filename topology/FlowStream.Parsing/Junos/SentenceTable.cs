using static FlowStream.Parsing.EventTag;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// The one table of sentences. A release that prints more is one line here. The texts are those of the system log messages reference of
/// 10.2 and 10.3, of the syslog explorer for 22.2R1 and 26.2R1 and, between them, of messages seen; the releases in between are the
/// earliest known. AppTrack: the reference of 10.3 and the order of the keys in the AppTrack documentation.
/// </summary>
internal static class SentenceTable
{
    private const string Flow = "{source-address}/{source-port}->{destination-address}/{destination-port}";

    private const string Nat =
        "{nat-source-address}/{nat-source-port}->{nat-destination-address}/{nat-destination-port}";

    private const string Rules =
        "[{src-nat-rule-type:rule-type}] {src-nat-rule-name} [{dst-nat-rule-type:rule-type}] {dst-nat-rule-name} ";

    private const string Policy =
        "{protocol-id:number} {policy-name} {source-zone-name} {destination-zone-name} {session-id:number} ";

    private const string Counts =
        "{packets-from-client}({bytes-from-client}) {packets-from-server}({bytes-from-server}) {elapsed-time:number} ";

    private const string Translated =
        Flow + " [0x{connection-tag}] {service-name} " + Nat + " [0x{nat-connection-tag}] " + Rules + Policy;

    private const string Tracked =
        Flow + " {service-name} {application} {nested-application} " + Nat + " {src-nat-rule-name} {dst-nat-rule-name} " + Policy;

    private const string Arrival = "{packet-incoming-interface} ";
    private const string User = "{username:text}({roles}) " + Arrival;
    private const string Applications = "{application} {nested-application} ";
    private const string Encrypted = "{encrypted} ";
    private const string Category = "{application-category} {application-sub-category} {application-risk:maybe-number} ";
    private const string Characteristics = "{application-characteristics:characteristics} ";
    private const string Vrf = "{src-vrf-grp} {dst-vrf-grp} ";
    private const string Tunnel = "{tunnel-inspection} {tunnel-inspection-policy-set} ";
    private const string Tenant = "{source-tenant} {destination-service} ";
    private const string Identity = "{dst-identity-context-name} {dst-identity-context-roles} ";
    private const string Tags = "{gbp-src-tag} {gbp-dst-tag} {forwarded-for} ";
    private const string Urls = "{url-host} {url-cat} {url-risk} ";
    private const string Instances = "{src-vrf} {dst-vrf} ";

    private const string Proxy = "{secure-web-proxy-session-type} {peer-session-id:number} "
        + "{peer-source-address}/{peer-source-port}->{peer-destination-address}/{peer-destination-port} {hostname:host} ";

    private const string Created = User + Applications + Encrypted;
    private const string Closed = Applications + User + Encrypted;
    private const string Denied = Closed + "{reason:text} {session-id:number} ";

    private const string Created21 = Created + Category + Characteristics + Vrf + Tunnel;
    private const string Closed21 = Closed + Category + Characteristics + Proxy + Vrf + Tunnel;
    private const string Closed22 = Closed21 + "{session-flag:number} " + Tenant;
    private const string Denied22 = Denied + Category + Characteristics + Vrf + Tenant;

    private const string Names = "{username} {roles} {encrypted:yes-no} ";
    private const string Way = "{destination-interface-name:interface} ";
    private const string Routing = "{profile-name} {rule-name} {routing-instance} ";
    private const string Kind = "{category:category} {sub-category} ";
    private const string Dscp = "{dscp-value:maybe-number} " + RuleKind;
    private const string RuleKind = "{apbr-rule-type:apbr-rule-type} ";
    private const string Bytes = "{uplink-tx-bytes:number} {uplink-rx-bytes:number} ";
    private const string UplinkName = "{uplink-incoming-interface-name:interface} ";
    private const string Multipath = "{multipath-rule-name} ";
    private const string ApbrPolicy = "{apbr-policy-name} ";

    private static readonly SentenceGrammar[] Grammars =
    [
        new(RtFlowSessionCreate, "session created " + Translated,
            new("10.2", ""),
            new("10.4", "{packet-incoming-interface:interface}", PlainHead: true),
            new("11.4", User),
            new("12.1", Created),
            new("17.4, MX-SPC3", Created + Category),
            new("17.4", Created + Category + Characteristics),
            new("19.1, SD-WAN", Created + Vrf),
            new("19.1", Created + Category + Characteristics + Vrf),
            new("21.1", Created21),
            new("22.2", Created21 + Tenant),
            new("26.2", Created21 + Tenant + Identity + Tags + Instances)),
        new(RtFlowSessionClose, "session closed {reason}: " + Translated + Counts,
            new("10.2", ""),
            new("10.4", "{packet-incoming-interface:interface}", PlainHead: true),
            new("11.4", Applications + User),
            new("12.1", Closed),
            new("17.4", Closed + Category + Characteristics),
            new("19.1, SD-WAN", Closed + Vrf),
            new("19.1", Closed + Category + Characteristics + Proxy + Vrf),
            new("21.1", Closed21),
            new("22.2", Closed22),
            new("24.2", Closed22 + "{user-type} "),
            new("26.2", Closed22 + "{user-type} " + Identity + Tags + Urls + Instances)),
        new(RtFlowSessionDeny,
            "session denied " + Flow + " [0x{connection-tag}] {service-name} {protocol-id}({icmp-type}) {policy-name} {source-zone-name} "
            + "{destination-zone-name}",
            new("10.2", ""),
            new("11.4", Applications + User),
            new("12.1", Closed),
            new("12.3", Closed + "{reason:text}"),
            new("17.4", Denied),
            new("19.1, SD-WAN", Denied + Vrf),
            new("17.4, applications", Denied + Category + Characteristics),
            new("19.1", Denied + Category + Characteristics + Vrf),
            new("22.2", Denied22),
            new("24.2", Denied22 + "{user-type} "),
            new("26.2", Denied22 + "{user-type} " + Identity + "{source-country} {destination-country} " + Tags + Urls + Instances)),
        new(AppTrackSessionCreate, "AppTrack session created " + Tracked,
            new("10.2", ""),
            new("12.1", Names),
            new("15.1X49-D100", Names + Way),
            new("15.1X49-D170", Names + Way + Vrf),
            new("17.4", Names + Way + Kind),
            new("18.1", Names + Way + Kind + Vrf)),
        new(AppTrackSessionVolUpdate, "AppTrack volume update: " + Tracked + Counts,
            new("10.2", ""),
            new("12.1", Names),
            new("15.1X49-D100", Names + Way),
            new("15.1X49-D170", Names + Routing + Way + Vrf),
            new("17.4", Names + Way + Kind),
            new("19.1", Names + Way + Vrf),
            new("19.3", Names + Way + Dscp),
            new("20.1", Names + Way + RuleKind),
            new("20.4", Names + Way + Kind + Vrf + Dscp)),
        new(AppTrackSessionClose, "AppTrack session closed {reason}: " + Tracked + Counts,
            new("10.2", ""),
            new("12.1", Names),
            new("15.1X49-D100, no APBR", Names + Way),
            new("15.1X49-D100", Names + Routing + Way),
            new("15.1X49-D170", Names + Routing + Way + Vrf),
            new("17.4, no APBR", Names + Way + Kind),
            new("17.4", Names + Routing + Way + Kind),
            new("18.2", Names + Routing + Way + UplinkName + Bytes),
            new("18.2, name last", Names + Routing + Way + Bytes + UplinkName),
            new("18.2, categories", Names + Routing + Way + UplinkName + Bytes + Kind),
            new("18.4", Names + Routing + Way + UplinkName + Bytes + Multipath),
            new("19.1", Names + Routing + Way + UplinkName + Bytes + Multipath + Vrf),
            new("19.3", Names + Way + Dscp),
            new("20.1", Names + Way + RuleKind),
            new("20.4", Names + Routing + Way + UplinkName + Bytes + Kind + ApbrPolicy + Multipath + Vrf + Dscp)),
        new(AppTrackSessionRouteUpdate, "AppTrack route update: " + Tracked,
            new("15.1X49-D100", Names + Routing + Way),
            new("15.1X49-D170", Names + Routing + Way + Vrf),
            new("17.4", Names + Routing + Way + Kind),
            new("18.4", Names + Routing + Way + Kind + ApbrPolicy + "{webfilter-category}"),
            new("19.3", Names + Routing + Way + Dscp),
            new("20.1", Names + Routing + Way + RuleKind),
            new("20.4", Names + Routing + Way + Kind + ApbrPolicy + "{webfilter-category} " + Vrf + Dscp),
            new("21.1", Names + Routing + Way + Kind + ApbrPolicy + "{webfilter-category} {bypass-status} " + Vrf + Dscp)),
        new(AppTrackSessionAppUpdate, "AppTrack app update: " + Tracked + Counts,
            new SentenceEra("10.3", "")),
    ];

    private static readonly SentenceGrammar?[] ByTag =
        [.. Enum.GetValues<EventTag>().Select(tag => Array.Find(Grammars, g => g.Tag == tag))];

    /// <summary>The grammar of <paramref name="tag"/>, or null where no text of the message is known.</summary>
    public static SentenceGrammar? Find(EventTag tag) => ByTag[(int)tag];
}
