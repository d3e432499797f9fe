using System.Text;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class LeefTests
{
    private const string Firewall = "LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1.2|allow|x7C|";

    [Fact]
    public void A_firewalls_template_is_read_and_tells_the_zone_of_the_wall_clock() => ExpectedFields.Check(
        "<14>May  1 10:28:12 fw-1 " + Firewall + "ReceiveTime=2026/05/01 10:28:12|SerialNumber=007051000012345|cat=TRAFFIC|Subtype=end"
        + "|devTime=May 01 2026 08:28:12 GMT|src=192.0.2.1|dst=198.51.100.2|srcPostNAT=203.0.113.9|dstPostNAT=0.0.0.0|RuleName=allow web"
        + "|usrName=corp\\kim|SourceUser=corp\\kim|DestinationUser=|VirtualSystem=vsys1|SourceZone=trust|SessionID=41|srcPort=50123"
        + "|dstPort=443|srcPostNATPort=31211|dstPostNATPort=443|Flags=0x400000|proto=tcp|totalBytes=30|dstBytes=20|srcBytes=10"
        + "|StartTime=2026/05/01 10:27:50|ElapsedTime=8|SessionEndReason=tcp-fin|DeviceName=fw edge 1|",
        """
        kind Close | tag PanosTraffic | host fw edge 1 | time 2026-05-01T08:27:58.000Z | start_time 1777631270000
        device_serial 007051000012345 | source_address 192.0.2.1 | destination_address 198.51.100.2 | nat_source_address 203.0.113.9
        nat_source_port 31211 | policy_name allow web | username corp\kim | logical_system vsys1 | source_zone_name trust | session_id 41
        source_port 50123 | destination_port 443 | session_flags 4194304 | protocol_id 6 | bytes_from_client 10 | bytes_from_server 20
        elapsed_time 8 | reason tcp-fin | +bytes 30 | +action allow | +subtype end
        +receive_time 2026/05/01 10:28:12 | +time_generated May 01 2026 08:28:12 GMT
        """);

    [Fact]
    public void Between_blanks_a_value_may_hold_blanks() => ExpectedFields.Check(
        "<14>1 2026-05-01T08:28:13.059Z forwarder-1 logforwarder - panwlogs - LEEF:2.0|Palo Alto Networks|Next Generation Firewall|10.1|"
        + "drop-reset| |TimeReceived=2026-05-01T08:28:12.000000Z DeviceSN=007051000012345 cat=traffic SubType=end "
        + "devTime=2026-05-01T08:28:10.000000Z src=2001:db8::1 dst=2001:db8::2 Rule=deny all of it usrName=corp\\kim Application=kik "
        + "SessionID=41 srcPort=1 dstPort=2 proto=tcp srcBytes=10 dstBytes=20 SessionStartTime=2026-05-01T08:27:50.000000Z "
        + "SessionDuration=8 VirtualSystemName= DeviceName=GP cloud service ParentStarttime=1970-01-01T00:00:00.000000Z",
        """
        kind Close | tag PanosTraffic | host GP cloud service | time 2026-05-01T08:27:58.000Z | start_time 1777624070000
        device_serial 007051000012345 | source_address 2001:db8::1 | destination_address 2001:db8::2 | policy_name deny all of it
        username corp\kim | application kik | session_id 41 | source_port 1 | destination_port 2 | protocol_id 6 | bytes_from_client 10
        bytes_from_server 20 | elapsed_time 8 | +action drop-reset | +subtype end
        +receive_time 2026-05-01T08:28:12.000000Z | +time_generated 2026-05-01T08:28:10.000000Z
        +parent_start_time 1970-01-01T00:00:00.000000Z
        """);

    [Theory]
    [InlineData("LEEF:2.0|V|P|1|e|", '|', "x7C|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '|', "0x7C|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '|', "x7c|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '\t', "x09|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '\t', "0x0009|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '\t', "\t|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '^', "^|")]
    [InlineData("LEEF:2.0|V|P|1|e|", ' ', " |")]
    [InlineData("LEEF:2.0|V|P|1|e|", ' ', "x20|")]
    [InlineData("LEEF:2.0|V|P|1|e|", ' ', "|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '\t', "|")]
    [InlineData("LEEF:2.0|V|P|1|e|", '\t', "")]
    [InlineData("LEEF:2.0|V|P|1|e|", '|', "")]
    [InlineData("LEEF:1.0|V|P|1|e|", '\t', "")]
    [InlineData("LEEF:1.0|V|P|1|e|", '|', "")]
    [InlineData("LEEF:1.0|V|P|1|e|", ' ', "")]
    public void The_delimiter_is_what_the_header_says_or_what_stands_between_the_pairs(string head, char delimiter, string field)
    {
        string header = head.Replace("V|P", "Palo Alto Networks|PAN-OS Syslog Integration", StringComparison.Ordinal) + field;
        string[] pairs = ["cat=TRAFFIC", "Subtype=end", "src=192.0.2.1", "dst=192.0.2.2", "srcPort=1", "dstPort=2", "proto=6",
            "RuleName=a b", "SessionID=7"];
        SortedDictionary<string, string> read = EventFields.Parse(header + string.Join(delimiter, pairs));
        Assert.Equal(("a b", "7", "e"), (read["policy_name"], read["session_id"], read["+action"]));
    }

    [Theory]
    [InlineData("LEEF:2.0|Some Vendor|PAN-OS|1|e|^|cat=TRAFFIC", RefusalReason.UnknownTag, "Some")]
    [InlineData("LEEF:2.0|Palo Alto Networks|Other|1|e|^|cat=TRAFFIC", RefusalReason.UnknownTag, "Other")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|^|cat=THREAT^src=192.0.2.1", RefusalReason.UnknownLogType, "THREAT")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|eventid|^|src=192.0.2.1", RefusalReason.UnknownLogType, "eventid")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|xZZ|cat=TRAFFIC", RefusalReason.MalformedExtension, "xZZ")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|x41|cat=TRAFFIC", RefusalReason.MalformedExtension, "x41")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|x100|cat=TRAFFIC", RefusalReason.MalformedExtension, "x100")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS|1|e|^|cat=TRAFFIC^words^src=192.0.2.1", RefusalReason.MalformedExtension, "words")]
    [InlineData("LEEF:2.0|Palo Alto Networks|PAN-OS", RefusalReason.MalformedExtension, "PAN-OS")]
    [InlineData("LEEF:1.0|Palo Alto Networks|PAN-OS|1|e|cat=TRAFFIC\tsrc=nowhere", RefusalReason.BadAddress, "nowhere")]
    public void What_cannot_be_read_is_refused_at_its_byte(string message, RefusalReason reason, string at)
    {
        Refusal refusal = SyslogParser.Parse(Encoding.ASCII.GetBytes(message), new SessionEvent());
        Assert.Equal((reason, message.IndexOf(at, StringComparison.Ordinal)), (refusal.Reason, refusal.Position));
    }
}
