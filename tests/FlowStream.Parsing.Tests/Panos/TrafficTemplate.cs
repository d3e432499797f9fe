using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>
/// A way in which the columns of a TRAFFIC log are printed as keys and values, as an operator would paste it into a syslog profile:
/// <c>$name</c> stands for a column.
/// </summary>
/// <param name="Header">What comes first, up to and with its last pipe.</param>
/// <param name="Body">The pairs; the text between two of them is <paramref name="Delimiter"/>.</param>
/// <param name="Delimiter">What stands between two pairs.</param>
/// <param name="TimeFormat">How times are printed, in UTC.</param>
/// <param name="Escaped">Characters that a backslash escapes.</param>
/// <param name="OwnTexts">Values that only this format can hold.</param>
internal sealed partial record TrafficTemplate(
    string Header, string Body, string Delimiter, string TimeFormat, string Escaped, params string[] OwnTexts)
{
    private const string Gmt = "MMM dd yyyy HH:mm:ss 'GMT'";

    private const string CefStart =
        "src=$src dst=$dst sourceTranslatedAddress=$natsrc destinationTranslatedAddress=$natdst suser=$srcuser duser=$dstuser app=$app "
        + "deviceInboundInterface=$inbound_if deviceOutboundInterface=$outbound_if cnt=$repeatcnt spt=$sport dpt=$dport "
        + "sourceTranslatedPort=$natsport destinationTranslatedPort=$natdport proto=$proto act=$action externalId=$seqno "
        + "reason=$session_end_reason dvchost=$device_name cat=$action_source PanOSPacketsSent=$pkts_sent "
        + "PanOSPacketsReceived=$pkts_received PanOSRuleUUID=$rule_uuid deviceExternalId=$serial rt=$receive_time start=$time_generated ";

    private const string FirewallLeef =
        "ReceiveTime=$receive_time|SerialNumber=$serial|cat=TRAFFIC|Subtype=$subtype|devTime=$time_generated|src=$src|dst=$dst"
        + "|srcPostNAT=$natsrc|dstPostNAT=$natdst|RuleName=$rule|usrName=$srcuser|SourceUser=$srcuser|DestinationUser=$dstuser"
        + "|Application=$app|VirtualSystem=$vsys|SourceZone=$from|DestinationZone=$to|IngressInterface=$inbound_if"
        + "|EgressInterface=$outbound_if|LogForwardingProfile=$logset|SessionID=$sessionid|RepeatCount=$repeatcnt|srcPort=$sport"
        + "|dstPort=$dport|srcPostNATPort=$natsport|dstPostNATPort=$natdport|Flags=$flags|proto=$proto|action=$action|totalBytes=$bytes"
        + "|dstBytes=$bytes_received|srcBytes=$bytes_sent|totalPackets=$packets|StartTime=$start|ElapsedTime=$elapsed"
        + "|URLCategory=$category|sequence=$seqno|dstPackets=$pkts_received|srcPackets=$pkts_sent|SessionEndReason=$session_end_reason"
        + "|vSrcName=$vsys_name|DeviceName=$device_name|ActionSource=$action_source|";

    /// <summary>One of each dialect.</summary>
    public static TrafficTemplate[] All { get; } =
    [
        Firewall("CEF:0|Palo Alto Networks|PAN-OS|11.1.2|$subtype|TRAFFIC|1|", labels: true),
        Firewall("<14>May  1 08:28:10 relay-1 CEF:0|Palo Alto Networks|PAN-OS|10.2.0|$subtype|TRAFFIC|1|", labels: false),
        new(
            "CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|$subtype|3|",
            "dtz=UTC " + CefStart + "cs1=$rule cs1Label=Rule cs3=$vsys cs3Label=VirtualLocation cs4=$from cs4Label=FromZone cs5=$to "
            + "cs5Label=ToZone cs6=$logset cs6Label=LogSetting cn1=$sessionid cn1Label=SessionID out=$bytes_sent in=$bytes_received "
            + "PanOSBytes=$bytes cn2=$packets cn2Label=PacketsTotal PanOSSessionStartTime=$start cn3=$elapsed cn3Label=SessionDuration "
            + "cs2=$category cs2Label=URLCategory PanOSVirtualSystemName=$vsys_name",
            " ", "MMM dd yyyy HH:mm:ss", "\\=|", "a b=c", "pipe|d"),
        Leef("LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1.2|$action|x7C|", '|', "a b=c", "t\tab"),
        Leef("LEEF:1.0|Palo Alto Networks|PAN-OS Syslog Integration|8.1.6|$action|", '\t', "a|b=c"),
        Leef("LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|9.0.0|$action|^|", '^', "a|b=c"),
        new(
            "LEEF:2.0|Palo Alto Networks|Next Generation Firewall|10.1|$action| |",
            "TimeReceived=$receive_time DeviceSN=$serial cat=traffic SubType=$subtype devTime=$time_generated src=$src dst=$dst "
            + "srcPostNAT=$natsrc dstPostNAT=$natdst Rule=$rule usrName=$srcuser DestinationUser=$dstuser Application=$app "
            + "VirtualLocation=$vsys FromZone=$from ToZone=$to InboundInterface=$inbound_if OutboundInterface=$outbound_if "
            + "LogSetting=$logset SessionID=$sessionid RepeatCount=$repeatcnt srcPort=$sport dstPort=$dport srcPostNATPort=$natsport "
            + "dstPostNATPort=$natdport proto=$proto Bytes=$bytes srcBytes=$bytes_sent dstBytes=$bytes_received totalPackets=$packets "
            + "SessionStartTime=$start SessionDuration=$elapsed URLCategory=$category SequenceNo=$seqno srcPackets=$pkts_sent "
            + "dstPackets=$pkts_received SessionEndReason=$session_end_reason VirtualSystemName=$vsys_name DeviceName=$device_name "
            + "ActionSource=$action_source RuleUUID=$rule_uuid",
            " ", "yyyy-MM-dd'T'HH:mm:ss'.000000Z'", "", "pipe|d"),
    ];

    /// <summary>True when it prints the column.</summary>
    public bool Holds(string column) => Regex.IsMatch(Header + Body, $@"\${column}\b");

    public string Time(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public DateTime ReadTime(string text) =>
        DateTime.ParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The message, its pairs in any order.</summary>
    public string Render(Dictionary<string, string> log, Random random)
    {
        string[] pairs = Body.Split(Delimiter[0], StringSplitOptions.RemoveEmptyEntries);
        random.Shuffle(pairs);
        string end = Body.EndsWith(Delimiter, StringComparison.Ordinal) ? Delimiter : "";
        return Fill(Header, log) + Fill(string.Join(Delimiter, pairs) + end, log);
    }

    private static TrafficTemplate Leef(string header, char delimiter, params string[] ownTexts) =>
        new(header, FirewallLeef.Replace('|', delimiter), $"{delimiter}", Gmt, "", ownTexts);

    private static TrafficTemplate Firewall(string header, bool labels)
    {
        string body = CefStart + "cs1Label=Rule cs1=$rule cs3Label=Virtual=System cs3=$vsys cs4Label=Source=Zone cs4=$from "
            + "cs5Label=Destination=Zone cs5=$to cs6Label=LogProfile cs6=$logset cn1Label=SessionID cn1=$sessionid "
            + "flexString1Label=Flags flexString1=$flags flexNumber1Label=Total=bytes flexNumber1=$bytes in=$bytes_sent "
            + "out=$bytes_received cn2Label=Packets cn2=$packets cn3Label=Elapsed=time=in=seconds cn3=$elapsed cs2Label=URL=Category "
            + "cs2=$category PanOSVsysName=$vsys_name";
        string[] kept = [.. body.Split(' ').Where(pair => labels || !pair.Contains("Label=", StringComparison.Ordinal))];
        return new TrafficTemplate(header, string.Join(' ', kept), " ", Gmt, "\\=|", "a b=c", "pipe|d");
    }

    private string Fill(string template, Dictionary<string, string> log) =>
        Column().Replace(LabelBlank().Replace(template, " "), match => Escape(log[match.Groups[1].Value]));

    private string Escape(string value) =>
        string.Concat(value.Select(c => Escaped.Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"));

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Column();

    // Pairs are told apart by blanks above, so the blanks of a label are written as equals signs there.
    [GeneratedRegex(@"(?<=Label=[\w=]+)=")]
    private static partial Regex LabelBlank();
}
