using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>A TRAFFIC log made up at random in one of the key-value formats, and what it must look like after parsing.</summary>
/// <param name="Message">The message.</param>
/// <param name="Expected">The event as <see cref="EventFields"/> lists it.</param>
internal sealed record RenderedTraffic(byte[] Message, SortedDictionary<string, string> Expected)
{
    // What a column becomes: a field, the host, or (by default) an extra of its own name.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["serial"] = "device_serial", ["src"] = "source_address", ["dst"] = "destination_address", ["natsrc"] = "nat_source_address",
        ["natdst"] = "nat_destination_address", ["rule"] = "policy_name", ["srcuser"] = "username", ["app"] = "application",
        ["vsys"] = "logical_system", ["from"] = "source_zone_name", ["to"] = "destination_zone_name",
        ["inbound_if"] = "packet_incoming_interface", ["outbound_if"] = "destination_interface_name", ["sessionid"] = "session_id",
        ["repeatcnt"] = "repeat_count", ["sport"] = "source_port", ["dport"] = "destination_port", ["natsport"] = "nat_source_port",
        ["natdport"] = "nat_destination_port", ["flags"] = "session_flags", ["proto"] = "protocol_id", ["bytes_sent"] = "bytes_from_client",
        ["bytes_received"] = "bytes_from_server", ["elapsed"] = "elapsed_time", ["seqno"] = "sequence_number",
        ["pkts_sent"] = "packets_from_client", ["pkts_received"] = "packets_from_server", ["session_end_reason"] = "reason",
        ["device_name"] = "host",
    };

    private static readonly string[] TextColumns =
    [
        "rule", "srcuser", "dstuser", "app", "vsys", "from", "to", "inbound_if", "outbound_if", "logset", "category",
        "session_end_reason", "device_name", "action_source", "vsys_name", "rule_uuid",
    ];

    private static readonly string[] NumberColumns =
        ["repeatcnt", "bytes", "bytes_sent", "bytes_received", "packets", "pkts_sent", "pkts_received", "seqno"];

    private static readonly string[] Texts =
        ["allow web", "a", "corp\\ina", "rule 7 of 9", "x (y), z", "äöü", "a.b_c-d", "corp\\\\kim", "x=y", "\"quoted\"", "1"];

    /// <summary>Draws messages of all formats; the same number gives the same message.</summary>
    public static Gen<RenderedTraffic> Generator => Gen.Choose(0, int.MaxValue).Select(seed =>
    {
        var random = new Random(seed);
        return Create(random, TrafficTemplate.All[random.Next(TrafficTemplate.All.Length)]);
    });

    public override string ToString() => Encoding.Latin1.GetString(Message);

    private static RenderedTraffic Create(Random random, TrafficTemplate template)
    {
        Dictionary<string, string> log = Draw(random, template);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["tag"] = "PanosTraffic" };
        string message = template.Render(log, random);
        foreach ((string column, string value) in log)
        {
            if (value.Length > 0 && template.Holds(column)) expected[Names.GetValueOrDefault(column, "+" + column)] = value;
        }
        Refine(log, template, expected);
        // A log that does not name its device came from the host of its syslog header.
        if (template.Header.Contains(" relay-1 ", StringComparison.Ordinal)) expected.TryAdd("host", "relay-1");
        return new RenderedTraffic(Encoding.Latin1.GetBytes(message), expected);
    }

    private static Dictionary<string, string> Draw(Random random, TrafficTemplate template)
    {
        var log = new Dictionary<string, string>(StringComparer.Ordinal);
        bool v6 = random.Next(3) == 0;
        log["src"] = Address(random, v6);
        log["dst"] = Address(random, v6);
        (log["natsrc"], log["natsport"]) = random.Next(2) == 0 ? ("", "0") : (Address(random, v6), Number(random, 16));
        (log["natdst"], log["natdport"]) = random.Next(2) == 0 ? ("0.0.0.0", "0") : (Address(random, v6), Number(random, 16));
        (log["sport"], log["dport"], log["sessionid"]) = (Number(random, 16), Number(random, 16), Number(random, 62));
        log["serial"] = "0" + Number(random, 40);
        log["action"] = "allow";
        log["proto"] = new[] { "tcp", "udp", "icmp" }[random.Next(3)];
        log["flags"] = string.Create(CultureInfo.InvariantCulture, $"0x{random.NextInt64(1L << 32):x}");
        log["subtype"] = new[] { "end", "start", "drop", "deny" }[random.Next(4)];
        string[] texts = [.. Texts, .. template.OwnTexts];
        foreach (string column in TextColumns) log[column] = random.Next(3) == 0 ? "" : texts[random.Next(texts.Length)];
        foreach (string column in NumberColumns) log[column] = Number(random, random.Next(1, 63));
        long start = random.NextInt64(1_300_000_000, 1_900_000_000), elapsed = random.Next(4_000);
        log["elapsed"] = elapsed.ToString(CultureInfo.InvariantCulture);
        log["start"] = template.Time(start);
        log["time_generated"] = template.Time(start + elapsed + 5);
        log["receive_time"] = template.Time(start + elapsed + 6);
        return log;
    }

    // What is not simply the printed text.
    private static void Refine(Dictionary<string, string> log, TrafficTemplate template, SortedDictionary<string, string> expected)
    {
        expected["kind"] = log["subtype"] switch { "end" => "Close", "start" => "Start", _ => "Deny" };
        expected["protocol_id"] = log["proto"] switch { "tcp" => "6", "udp" => "17", _ => "1" };
        if (template.Holds("flags"))
            expected["session_flags"] = Convert.ToInt64(log["flags"], 16).ToString(CultureInfo.InvariantCulture);
        if (log["natsrc"].Length == 0) expected.Remove("nat_source_port");
        if (log["natdst"] == "0.0.0.0")
        {
            expected.Remove("nat_destination_address");
            expected.Remove("nat_destination_port");
        }
        if (expected["kind"] == "Deny" && log["sessionid"] == "0") expected.Remove("session_id");
        expected.Remove("+start");
        DateTime generated = template.ReadTime(log["time_generated"]), start = template.ReadTime(log["start"]);
        bool isEnd = expected["kind"] == "Close" && template.Holds("start");
        DateTime time = isEnd ? start.AddSeconds(int.Parse(log["elapsed"], CultureInfo.InvariantCulture)) : generated;
        expected["time"] = time.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        if (template.Holds("start"))
            expected["start_time"] = ((long)(start - DateTime.UnixEpoch).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    private static string Address(Random random, bool v6) =>
        v6 ? $"2001:db8::{random.Next(1, 0xFFFF):x}" : $"198.51.100.{random.Next(256)}";

    private static string Number(Random random, int bits) =>
        random.NextInt64(1L << bits).ToString(CultureInfo.InvariantCulture);
}
