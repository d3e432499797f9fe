namespace FlowStream.Schemas.Tests;

/// <summary>The records whose bytes are golden: for each type one with every field and one with only what must be there.</summary>
internal static class ExampleRecords
{
    public static CompletedSession FullSession()
    {
        var session = new CompletedSession
        {
            SessionKey = Utf8Text.From("3f6c0a1be2d94875b0c1d2e3f4a5b6c7"),
            Revision = 1,
            DeviceVendor = DeviceVendor.Juniper,
            DeviceHost = Utf8Text.From("fw1"),
            DeviceSerial = Utf8Text.From("AB1234CD5678"),
            LogicalSystem = Utf8Text.From("root-logical-system"),
            SessionId = 4_294_967_297,
            SourceAddress = Utf8Text.From("192.0.2.10"),
            SourcePort = 50123,
            DestinationAddress = Utf8Text.From("198.51.100.20"),
            DestinationPort = 443,
            ProtocolId = 6,
            Nat = NatKind.Both,
            NatSourceAddress = Utf8Text.From("203.0.113.5"),
            NatSourcePort = 1024,
            NatDestinationAddress = Utf8Text.From("2001:db8::20"),
            NatDestinationPort = 8443,
            SrcNatRuleName = Utf8Text.From("snat"),
            DstNatRuleName = Utf8Text.From("dnat"),
            ServiceName = Utf8Text.From("junos-https"),
            Application = Utf8Text.From("SSL"),
            NestedApplication = Utf8Text.From("GMAIL"),
            Category = Utf8Text.From("Web"),
            SubCategory = Utf8Text.From("Email"),
            Encrypted = Utf8Text.From("Yes"),
            PolicyName = Utf8Text.From("permit-all"),
            SourceZoneName = Utf8Text.From("trust"),
            DestinationZoneName = Utf8Text.From("untrust"),
            PacketIncomingInterface = Utf8Text.From("reth1.0"),
            DestinationInterfaceName = Utf8Text.From("reth0.0"),
            RoutingInstance = Utf8Text.From("default"),
            Username = Utf8Text.From("müller"),
            Roles = Utf8Text.From("staff,vpn"),
            StartTime = 1_777_624_000_000,
            EndTime = 1_777_624_090_933,
            ElapsedTime = 90,
            EndReason = Utf8Text.From("tcp-fin"),
            EndReasonRaw = Utf8Text.From("TCP FIN"),
            EndClass = Utf8Text.From("normal"),
            EndSide = Utf8Text.From("none"),
            PacketsFromClient = 321,
            BytesFromClient = 65_536,
            PacketsFromServer = 654,
            BytesFromServer = 9_000_000_000,
            Completeness = Completeness.Complete,
            StartSource = StartSource.Create,
            Updates = 3,
        };
        session.Sources.Add(Utf8Text.From("APPTRACK_SESSION_CLOSE"));
        session.Sources.Add(Utf8Text.From("RT_FLOW_SESSION_CLOSE"));
        RouteChange route = session.Routes.Add();
        route.Time = 1_777_624_030_500;
        route.DestinationInterfaceName = Utf8Text.From("ge-0/0/1.0");
        route.RoutingInstance = Utf8Text.From("isp2");
        route.ProfileName = Utf8Text.From("apbr");
        route.RuleName = Utf8Text.From("video");
        session.Routes.Add().Time = 1_777_624_060_250;
        session.Extras.Add(Utf8Text.From("connection_tag"), Utf8Text.From("0"));
        session.Extras.Add(Utf8Text.From("uplink_rx_bytes"), Utf8Text.From("12"));
        return session;
    }

    public static CompletedSession BareSession() => new()
    {
        SessionKey = Utf8Text.From("00000000000000000000000000000001"),
        DeviceVendor = DeviceVendor.Paloalto,
        DeviceHost = Utf8Text.From("2001:db8::1"),
        SessionId = -1,
        SourceAddress = Utf8Text.From("2001:db8::10"),
        DestinationAddress = Utf8Text.From("2001:db8::20"),
        ProtocolId = 58,
        EndReason = Utf8Text.From("timeout-inferred"),
        EndClass = Utf8Text.From("synthetic"),
        EndSide = Utf8Text.From("none"),
        Completeness = Completeness.UpdatesOnly,
        StartSource = StartSource.FirstSeen,
    };

    public static Denial FullDenial()
    {
        var denial = new Denial
        {
            Time = 1_777_624_000_001,
            DeviceVendor = DeviceVendor.Juniper,
            DeviceHost = Utf8Text.From("fw1"),
            DeviceSerial = Utf8Text.From("AB1234CD5678"),
            LogicalSystem = Utf8Text.From("vsys1"),
            SessionId = 77,
            SourceAddress = Utf8Text.From("192.0.2.10"),
            SourcePort = 50123,
            DestinationAddress = Utf8Text.From("198.51.100.20"),
            DestinationPort = 23,
            ProtocolId = 6,
            IcmpType = 8,
            ServiceName = Utf8Text.From("junos-telnet"),
            PolicyName = Utf8Text.From("deny-all"),
            SourceZoneName = Utf8Text.From("trust"),
            DestinationZoneName = Utf8Text.From("untrust"),
            Application = Utf8Text.From("TELNET"),
            NestedApplication = Utf8Text.From("TELNET-PLAIN"),
            Username = Utf8Text.From("guest"),
            Roles = Utf8Text.From("none"),
            PacketIncomingInterface = Utf8Text.From("ge-0/0/0.0"),
            Encrypted = Utf8Text.From("No"),
            Reason = Utf8Text.From("Denied by policy"),
        };
        denial.Extras.Add(Utf8Text.From("application_risk"), Utf8Text.From("4"));
        return denial;
    }

    public static Denial BareDenial() => new()
    {
        Time = 0,
        DeviceHost = Utf8Text.From("fw1"),
        SourceAddress = Utf8Text.From("192.0.2.10"),
        DestinationAddress = Utf8Text.From("198.51.100.20"),
        ProtocolId = 1,
    };

    public static BandwidthWindow FullWindow()
    {
        var window = new BandwidthWindow
        {
            Aggregation = Utf8Text.From("application"),
            WindowStart = 1_777_624_020_000,
            WindowEnd = 1_777_624_080_000,
            BytesFromClient = 1_000_000,
            BytesFromServer = 8_000_000_000,
            PacketsFromClient = 1_500,
            PacketsFromServer = 6_000_000,
            SessionsOpened = 12,
            SessionsClosed = 11,
            Denials = 2,
            EstimatedBytes = 400_000,
            LateBytes = 1,
            Revision = 2,
            Final = true,
            SessionsActive = 9,
            ErrorBytes = 5_000,
        };
        window.EndReasons.Add(Utf8Text.From("tcp-fin"), 8);
        window.EndReasons.Add(Utf8Text.From("policy"), -1);
        window.Dimensions.Add(Utf8Text.From("application"), Utf8Text.From("GMAIL"));
        return window;
    }

    public static BandwidthWindow BareWindow() => new()
    {
        Aggregation = Utf8Text.From("total"),
        WindowStart = 1_777_624_020_000,
        WindowEnd = 1_777_624_080_000,
    };
}
