namespace FlowStream.Parsing.Tests.Panos;

public sealed class SameSessionTests
{
    private static readonly Dictionary<string, string> Log = new(StringComparer.Ordinal)
    {
        ["receive_time"] = "2026/05/01 08:28:12", ["serial"] = "007051000012345", ["subtype"] = "end",
        ["time_generated"] = "2026/05/01 08:28:10", ["src"] = "192.0.2.1", ["dst"] = "198.51.100.2", ["natsrc"] = "203.0.113.9",
        ["natdst"] = "198.51.100.2", ["rule"] = "allow web", ["srcuser"] = "corp\\kim", ["dstuser"] = "", ["app"] = "ssl",
        ["vsys"] = "vsys1", ["from"] = "trust", ["to"] = "untrust", ["inbound_if"] = "ethernet1/2", ["outbound_if"] = "ethernet1/1",
        ["logset"] = "to-collector", ["sessionid"] = "41", ["repeatcnt"] = "1", ["sport"] = "50123", ["dport"] = "443",
        ["natsport"] = "31211", ["natdport"] = "443", ["flags"] = "0x400000", ["proto"] = "tcp", ["action"] = "allow", ["bytes"] = "30",
        ["bytes_sent"] = "10", ["bytes_received"] = "20", ["packets"] = "7", ["start"] = "2026/05/01 08:27:50", ["elapsed"] = "8",
        ["category"] = "any", ["seqno"] = "7050001234567", ["pkts_sent"] = "4", ["pkts_received"] = "3", ["session_end_reason"] = "tcp-fin",
        ["vsys_name"] = "", ["device_name"] = "fw-1", ["action_source"] = "from-policy", ["rule_uuid"] = "5f2a6ec6",
    };

    // In the order of PAN-OS 9.0; what Log lacks is empty.
    private const string Columns =
        "1 receive_time serial TRAFFIC subtype 2304 time_generated src dst natsrc natdst rule srcuser dstuser app vsys from to inbound_if "
        + "outbound_if logset receive_time sessionid repeatcnt sport dport natsport natdport flags proto action bytes bytes_sent "
        + "bytes_received packets start elapsed category 0 seqno - - - 0 pkts_sent pkts_received session_end_reason - - - - vsys_name "
        + "device_name action_source - - - - - - - - - - - rule_uuid -";

    private static readonly string[] Uncarried = ["start_time", "time", "session_flags", "+rule_uuid"];

    [Fact]
    public void One_session_is_the_same_event_in_every_format()
    {
        string csv = string.Join(',', Columns.Split(' ').Select(c => Log.GetValueOrDefault(c, c == "-" ? "" : c)));
        SortedDictionary<string, string> expected = Comparable(csv);
        Assert.Equal("2026-05-01T08:27:58.000", expected["time"]);
        foreach (TrafficTemplate template in TrafficTemplate.All)
        {
            string message = template.Render(Log, new Random(1));
            SortedDictionary<string, string> read = Comparable(message);
            // What a format does not carry cannot be compared: the start, and with it the time of the end.
            string[] carried = template.Holds("start") ? [] : ["start_time", "time"];
            string[] missing = [.. expected.Keys.Except(read.Keys), .. carried];
            Assert.All(missing, name => Assert.Contains(name, Uncarried));
            Assert.Equal(expected.Where(f => !missing.Contains(f.Key)), read.Where(f => !missing.Contains(f.Key)));
        }
    }

    // Zone and text of times are the format's own.
    private static SortedDictionary<string, string> Comparable(string message)
    {
        SortedDictionary<string, string> fields = EventFields.Parse(message);
        foreach (string own in new[] { "+receive_time", "+time_generated", "+config_ver" }) fields.Remove(own);
        if (fields.TryGetValue("time", out string? time)) fields["time"] = time.TrimEnd('Z');
        return fields;
    }
}
