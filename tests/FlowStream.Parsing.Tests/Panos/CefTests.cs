using System.Text;

namespace FlowStream.Parsing.Tests.Panos;

public sealed class CefTests
{
    private const string Head = "CEF:0|Palo Alto Networks|PAN-OS|11.1.2|";
    private const string Flow = "src=192.0.2.1 dst=198.51.100.2 spt=50123 dpt=443 proto=tcp cn1=41 ";

    [Fact]
    public void A_firewalls_template_is_read_field_by_field() => ExpectedFields.Check(
        "<14>May  1 08:28:12 relay-7 " + Head + "end|TRAFFIC|1|rt=May 01 2026 08:28:12 GMT deviceExternalId=007051000012345 "
        + "src=2001:db8::1 dst=2001:db8:ffff::2 cs1Label=Rule cs1=allow web suser=corp\\\\kim duser= app=ssl cs3Label=Virtual System "
        + "cs3=vsys1 cs4Label=Source Zone cs4=trust cs5Label=Destination Zone cs5=untrust cn1Label=SessionID cn1=41 cnt=1 spt=50123 "
        + "dpt=443 flexString1Label=Flags flexString1=0x2400000 proto=tcp act=allow flexNumber1Label=Total bytes flexNumber1=30 in=10 "
        + "out=20 start=May 01 2026 08:28:10 GMT cn3Label=Elapsed time in seconds cn3=8 reason=tcp-fin dvchost=fw edge 1 "
        + "cat=from-policy",
        """
        kind Close | tag PanosTraffic | host fw edge 1 | time 2026-05-01T08:28:10.000Z | device_serial 007051000012345
        source_address 2001:db8::1 | destination_address 2001:db8:ffff::2 | source_port 50123 | destination_port 443 | protocol_id 6
        policy_name allow web | username corp\kim | application ssl | logical_system vsys1 | source_zone_name trust
        destination_zone_name untrust | session_id 41 | repeat_count 1 | session_flags 37748736 | bytes_from_client 10
        bytes_from_server 20 | elapsed_time 8 | reason tcp-fin | +action allow | +bytes 30 | +action_source from-policy | +subtype end
        +receive_time May 01 2026 08:28:12 GMT | +time_generated May 01 2026 08:28:10 GMT
        """);

    [Fact]
    public void Strata_counts_bytes_the_other_way_round_and_says_its_zone_once() => ExpectedFields.Check(
        "<14>1 2026-05-01T08:28:13.059Z forwarder-1 logforwarder - panwlogs - CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|dtz=UTC "
        + "rt=May 01 2026 08:28:12 start=May 01 2026 08:28:10 src= c6a2=2001:db8::1 c6a2Label=Source IPv6 Address dst=198.51.100.2 "
        + "spt=1 dpt=2 proto=udp cs1=allow web cs1Label=Rule cs4=trust cs4Label=FromZone cn1=41 cn1Label=SessionID out=10 in=20 cn3=8 "
        + "cn3Label=SessionDuration PanOSSessionStartTime=May 01 2026 08:27:50 dvchost=GP cloud service PanOSIsProxy=false",
        """
        kind Close | tag PanosTraffic | host GP cloud service | time 2026-05-01T08:27:58.000Z | start_time 1777624070000
        source_address 2001:db8::1 | destination_address 198.51.100.2 | source_port 1 | destination_port 2 | protocol_id 17
        policy_name allow web | source_zone_name trust | session_id 41 | bytes_from_client 10 | bytes_from_server 20 | elapsed_time 8
        +c6a2Label Source IPv6 Address | +PanOSIsProxy false | +subtype end
        +receive_time May 01 2026 08:28:12 | +time_generated May 01 2026 08:28:10
        """);

    [Theory]
    [InlineData("cs1=r cs2=u cs3=v cs4=f cs5=t cs6=l cn2=7 cn3=9", "policy_name r|+category u|logical_system v|source_zone_name f"
        + "|destination_zone_name t|+logset l|+packets 7|elapsed_time 9")]
    [InlineData("cs1=trust cs1Label=Source Zone cs4Label=RULE cs4=r", "source_zone_name trust|policy_name r")]
    [InlineData("cs1Label= cs1=r cs2Label=Ticket cs2=T 17", "policy_name r|+Ticket T 17")]
    [InlineData("cs1Label=Rule cs1=", "")]
    public void A_custom_field_means_what_its_label_says_and_without_one_what_the_vendor_says(string fields, string expected)
    {
        SortedDictionary<string, string> read = EventFields.Parse(Head + "end|TRAFFIC|1|" + Flow + fields);
        string[] flow = ["kind", "tag", "source_address", "destination_address", "source_port", "destination_port", "protocol_id",
            "session_id", "+subtype"];
        string[] wanted = [.. expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        Assert.Equal(wanted, read.Where(f => !flow.Contains(f.Key)).Select(f => $"{f.Key} {f.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cs1=a\\=b", "a=b")]
    [InlineData("cs1=a\\|b", "a|b")]
    [InlineData("cs1=a\\\\b", "a\\b")]
    [InlineData("cs1=corp\\ina", "corp\\ina")]
    [InlineData("cs1=a\\nb", "a\\nb")]
    [InlineData("cs1=a b=c", "a")]
    [InlineData("cs1=x\\=1 y\\=2 z", "x=1 y=2 z")]
    [InlineData("cs1=a  b   cs6=x", "a  b")]
    public void Escapes_are_resolved_and_other_backslashes_stay(string fields, string rule) =>
        Assert.Equal(rule, EventFields.Parse(Head + "end|TRAFFIC|1|" + Flow + fields)["policy_name"]);

    [Theory]
    [InlineData("start", EventKind.Start)]
    [InlineData("end", EventKind.Close)]
    [InlineData("drop", EventKind.Deny)]
    [InlineData("deny", EventKind.Deny)]
    [InlineData("test", EventKind.Other)]
    public void The_subtype_in_the_header_is_the_kind(string subtype, EventKind kind) =>
        Assert.Equal($"{kind}", EventFields.Parse(Head + subtype + "|TRAFFIC|1|" + Flow)["kind"]);

    [Theory]
    [InlineData("CEF:0|Some Vendor|PAN-OS|1|end|TRAFFIC|1|", RefusalReason.UnknownTag, "Some Vendor")]
    [InlineData("CEF:0|Palo Alto Networks|Cortex XDR|1|end|TRAFFIC|1|", RefusalReason.UnknownTag, "Cortex")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|url|THREAT|1|", RefusalReason.UnknownLogType, "THREAT")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|TRAFFIC|end|1|", RefusalReason.UnknownLogType, "end")]
    [InlineData("CEF:0|Palo Alto Networks|LF|1|THREAT|url|1|", RefusalReason.UnknownLogType, "THREAT")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|high", RefusalReason.MalformedExtension, "high")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|words src=192.0.2.1", RefusalReason.MalformedExtension, "words")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|src=192.0.2.1 dst=nowhere", RefusalReason.BadAddress, "nowhere")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|src=192.0.2.1 spt=70000", RefusalReason.BadNumber, "70000")]
    [InlineData("CEF:0|Palo Alto Networks|PAN-OS|1|end|TRAFFIC|1|src=192.0.2.1", RefusalReason.MissingField, null)]
    public void What_cannot_be_read_is_refused_at_its_byte(string message, RefusalReason reason, string? at)
    {
        Refusal refusal = SyslogParser.Parse(Encoding.ASCII.GetBytes(message), new SessionEvent());
        int position = at is null ? message.Length : message.IndexOf(at, StringComparison.Ordinal);
        Assert.Equal((reason, position), (refusal.Reason, refusal.Position));
    }
}
