namespace FlowStream.Benchmarks.Parsing;

/// <summary>Messages to measure with: the shapes of real ones, our own values.</summary>
public static class SampleMessages
{
    /// <summary>A close as releases 10 and 11 print it: 26 fields, the 700 bytes that most messages have.</summary>
    public static byte[] ShortClose { get; } =
        """
        <14>1 2026-05-01T08:28:10.933+02:00 edge-fw1.example.net RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.34
         reason="TCP FIN" source-address="192.0.2.117" source-port="51842" destination-address="198.51.100.20"
         destination-port="443" service-name="junos-https" nat-source-address="203.0.113.9" nat-source-port="20417"
         nat-destination-address="198.51.100.20" nat-destination-port="443" src-nat-rule-name="outbound" dst-nat-rule-name="None"
         protocol-id="6" policy-name="allow-web" source-zone-name="trust" destination-zone-name="untrust" session-id-32="60000442"
         packets-from-client="64" bytes-from-client="35250" packets-from-server="155" bytes-from-server="203146"
         elapsed-time="21"]
        """u8.ToArray().Where(b => b != '\n').ToArray();

    /// <summary>A close as release 22.2 prints it: 50 fields.</summary>
    public static byte[] LongClose { get; } =
        """
        <14>1 2026-05-01T08:28:10.933Z edge-fw1.example.net RT_FLOW - RT_FLOW_SESSION_CLOSE [junos@2636.1.1.1.2.129
         reason="TCP FIN" source-address="192.0.2.117" source-port="51842" destination-address="198.51.100.20"
         destination-port="443" connection-tag="0" service-name="junos-https" nat-source-address="203.0.113.9" nat-source-port="20417"
         nat-destination-address="198.51.100.20" nat-destination-port="443" nat-connection-tag="0" src-nat-rule-type="source rule"
         src-nat-rule-name="outbound" dst-nat-rule-type="N/A" dst-nat-rule-name="N/A" protocol-id="6" policy-name="allow-web"
         source-zone-name="trust" destination-zone-name="untrust" session-id="85905209174" packets-from-client="64"
         bytes-from-client="35250" packets-from-server="155" bytes-from-server="203146" elapsed-time="21" application="SSL"
         nested-application="EXAMPLE-MAIL" username="kim" roles="staff" packet-incoming-interface="ge-0/0/1.0" encrypted="Yes"
         application-category="Messaging" application-sub-category="mail" application-risk="2"
         application-characteristics="Supports File Transfer;Bandwidth Consumer;" secure-web-proxy-session-type="NA"
         peer-session-id="0" peer-source-address="0.0.0.0" peer-source-port="0" peer-destination-address="0.0.0.0"
         peer-destination-port="0" hostname="NA NA" src-vrf-grp="N/A" dst-vrf-grp="N/A" tunnel-inspection="Off"
         tunnel-inspection-policy-set="root" session-flag="0" source-tenant="N/A" destination-service="N/A"]
        """u8.ToArray().Where(b => b != '\n').ToArray();
}
