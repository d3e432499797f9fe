namespace FlowStream.Producers.Simulation;

/// <summary>A kind of firewall: its release decides which messages it sends, with which fields in which order.</summary>
/// <param name="Name">Part of the host names.</param>
/// <param name="SdId">The SD-ID, whose last number is the platform.</param>
/// <param name="TimeFormat">How it prints a time before the zone.</param>
/// <param name="OffsetMinutes">Minutes east of UTC that it prints, 0 for <c>Z</c>, null for no zone (its clock is then UTC).</param>
/// <param name="MaxSessionId">Highest id before they are used again.</param>
/// <param name="FirstSessionId">Lowest id: several packet processors each have a block of their own.</param>
/// <param name="FirstUpdate">True when it reports a session's volume one minute after its start too.</param>
/// <param name="AppendsNotAvailable">True when RT_FLOW appends a second word to the reason, which is then N/A.</param>
/// <param name="RtFlowCreate">Keys of RT_FLOW_SESSION_CREATE, or empty when it sends none; likewise the others.</param>
/// <param name="RtFlowClose">Keys of RT_FLOW_SESSION_CLOSE.</param>
/// <param name="RtFlowDeny">Keys of RT_FLOW_SESSION_DENY.</param>
/// <param name="AppTrackCreate">Keys of APPTRACK_SESSION_CREATE.</param>
/// <param name="AppTrackUpdate">Keys of APPTRACK_SESSION_VOL_UPDATE.</param>
/// <param name="AppTrackClose">Keys of APPTRACK_SESSION_CLOSE.</param>
internal sealed record SimulatedModel(
    string Name, string SdId, string TimeFormat, int? OffsetMinutes, long MaxSessionId, long FirstSessionId, bool FirstUpdate,
    bool AppendsNotAvailable, string[] RtFlowCreate, string[] RtFlowClose, string[] RtFlowDeny, string[] AppTrackCreate,
    string[] AppTrackUpdate, string[] AppTrackClose)
{
    private const string Tuple = "source-address source-port destination-address destination-port";
    private const string Nat = "nat-source-address nat-source-port nat-destination-address nat-destination-port";
    private const string Rules = "src-nat-rule-name dst-nat-rule-name";
    private const string TypedRules = "src-nat-rule-type src-nat-rule-name dst-nat-rule-type dst-nat-rule-name";
    private const string Policy = "protocol-id policy-name source-zone-name destination-zone-name";
    private const string Counters = "packets-from-client bytes-from-client packets-from-server bytes-from-server elapsed-time";
    private const string Applications = "application nested-application";
    private const string Identity = "username roles packet-incoming-interface";
    private const string Categories = "application-category application-sub-category application-risk application-characteristics";
    private const string Vrf = "src-vrf-grp dst-vrf-grp";
    private const string Peer = "secure-web-proxy-session-type peer-session-id peer-source-address peer-source-port "
        + "peer-destination-address peer-destination-port hostname";
    private const string Tail = "tunnel-inspection tunnel-inspection-policy-set";
    private const string Tenant = "source-tenant destination-service";
    private const string Tracked = Tuple + " service-name " + Applications + " " + Nat + " " + Rules + " " + Policy;
    private const string TrackedUser = "username roles encrypted";
    private const string Milliseconds = "yyyy-MM-ddTHH:mm:ss.fff";
    private const string Tagged = Tuple + " connection-tag service-name " + Nat + " nat-connection-tag " + TypedRules + " " + Policy;

    /// <summary>A PAN-OS device: its logs are worded by <see cref="PanosLog"/>.</summary>
    public static readonly SimulatedModel Panos =
        new("pa", "", "yyyy/MM/dd HH:mm:ss", 0, 4_000_000, 1, false, false, [], [], [], [], [], []);

    /// <summary>The models, in the order in which devices take them.</summary>
    public static readonly SimulatedModel[] All =
    [
        new("branch", "junos@2636.1.1.1.2.36", Milliseconds, 120, 256, 1, false, false,
            Keys($"{Tuple} service-name {Nat} {Rules} {Policy} session-id-32 {Identity} {Applications} encrypted-padded"),
            Keys($"reason {Tuple} service-name {Nat} {Rules} {Policy} session-id-32 {Counters} {Applications} {Identity} encrypted-padded"),
            Keys($"{Tuple} service-name protocol-id icmp-type policy-name source-zone-name destination-zone-name {Applications} {Identity} "
                + "encrypted-padded"),
            [], [], []),
        new("office", "junos@2636.1.1.1.2.134", Milliseconds, -210, 40_000, 1, true, false,
            Keys($"{Tuple} service-name {Nat} {TypedRules} {Policy} session-id-32 {Identity} {Applications} encrypted"),
            Keys($"reason {Tuple} service-name {Nat} {TypedRules} {Policy} session-id-32 {Counters} {Applications} {Identity} encrypted"),
            Keys($"{Tuple} service-name protocol-id icmp-type policy-name source-zone-name destination-zone-name {Applications} {Identity} "
                + "encrypted"),
            Keys($"{Tracked} session-id-32 {TrackedUser} destination-interface-name"),
            Keys($"{Tracked} session-id-32 {Counters} {TrackedUser} destination-interface-name"),
            Keys($"reason {Tracked} session-id-32 {Counters} {TrackedUser} profile-name rule-name routing-instance "
                + "destination-interface-name")),
        new("core", "junos@2636.1.1.1.2.26", Milliseconds, 0, 19_999_999, 10_000_001, false, true,
            Keys($"{Tagged} session-id-32 {Identity} {Applications} encrypted {Categories} {Vrf}"),
            Keys($"reason {Tagged} session-id-32 {Counters} {Applications} {Identity} encrypted {Categories} {Peer} {Vrf}"),
            Keys($"{Tuple} connection-tag service-name protocol-id icmp-type policy-name source-zone-name destination-zone-name "
                + $"{Applications} {Identity} encrypted reason session-id-32 {Categories} {Vrf}"),
            [],
            Keys($"{Tracked} session-id-32 {Counters} {TrackedUser} destination-interface-name category sub-category {Vrf}"),
            Keys($"reason {Tracked} session-id-32 {Counters} {TrackedUser} destination-interface-name category sub-category {Vrf}")),
        new("edge", "junos@2636.1.1.1.2.129", Milliseconds, 0, 85_999_999_999, 85_899_345_921, false, false,
            Keys($"{Tagged} session-id {Identity} {Applications} encrypted {Categories} {Vrf} {Tail} {Tenant}"),
            Keys($"reason {Tagged} session-id {Counters} {Applications} {Identity} encrypted {Categories} {Peer} {Vrf} {Tail} session-flag "
                + Tenant),
            Keys($"{Tuple} connection-tag service-name protocol-id icmp-type policy-name source-zone-name destination-zone-name "
                + $"{Applications} {Identity} encrypted reason session-id {Categories} {Vrf} {Tenant}"),
            [],
            Keys($"{Tracked} session-id {Counters} {TrackedUser} destination-interface-name category sub-category {Vrf}"),
            []),
        new("tracker", "junos@2636.1.1.1.2.34", "yyyy-MM-ddTHH:mm:ss", null, 65_000, 1, true, false,
            [], [], [],
            Keys($"{Tracked} session-id-32 {TrackedUser}"),
            Keys($"{Tracked} session-id-32 {Counters} {TrackedUser}"),
            Keys($"reason {Tracked} session-id-32 {Counters} {TrackedUser}")),
    ];

    private static string[] Keys(string names) => names.Split(' ');
}
