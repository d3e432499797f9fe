using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests.Panos;

/// <summary>
/// A line made up at random as a device of some release prints it, and what it must look like after parsing; it knows the columns as PAN-OS
/// documents them, and nothing of the parser.
/// </summary>
/// <param name="Line">The line, without a header.</param>
/// <param name="Expected">The event as <see cref="EventFields"/> lists it.</param>
internal sealed record RenderedLine(string Line, SortedDictionary<string, string> Expected)
{
    // The columns of each release behind those of the release before it. A name with a slash is a field's, "-" has no meaning.
    private static readonly string[] Releases =
    [
        """
        - +receive_time device_serial - +subtype +config_ver +time_generated source_address destination_address nat_source_address
        nat_destination_address policy_name username +dstuser application logical_system source_zone_name destination_zone_name
        packet_incoming_interface destination_interface_name +logset - session_id repeat_count source_port destination_port
        nat_source_port nat_destination_port session_flags protocol_id +action +bytes bytes_from_client bytes_from_server +packets
        start_time elapsed_time +category - sequence_number +actionflags +srcloc +dstloc -
        """,
        "packets_from_client packets_from_server",
        "reason",
        "+dg_hier_level_1 +dg_hier_level_2 +dg_hier_level_3 +dg_hier_level_4 +vsys_name host +action_source",
        "+src_uuid +dst_uuid +tunnelid +monitortag +parent_session_id +parent_start_time +tunnel",
        "+assoc_id +chunks +chunks_sent +chunks_received",
        "+rule_uuid +http2_connection",
        """
        +link_change_count +policy_id +link_switches +sdwan_cluster +sdwan_device_type +sdwan_cluster_type +sdwan_site +dynusergroup_name
        """,
        """
        +xff_ip +src_category +src_profile +src_model +src_vendor +src_osfamily +src_osversion +src_host +src_mac +dst_category
        +dst_profile +dst_model +dst_vendor +dst_osfamily +dst_osversion +dst_host +dst_mac +container_id +pod_namespace +pod_name
        +src_edl +dst_edl +hostid +serialnumber +src_dag +dst_dag +session_owner +high_res_timestamp +nsdsai_sst +nsdsai_sd
        """,
        """
        sub_category category +technology_of_app +risk_of_app +characteristic_of_app +container_of_app +tunneled_app +is_saas_of_app
        +sanctioned_state_of_app +offloaded
        """,
        "+flow_type +cluster_name",
        """
        +ai_traffic +ai_fwd_error +k8s_cluster_id +tcp_rtt_c2s +tcp_rtt_s2c +total_n_ooseq_c2s +total_n_ooseq_s2c +tcp_retransit_cnt_c2s
        +tcp_retransit_cnt_s2c +tcp_zero_window_cnt_c2s +tcp_zero_window_cnt_s2c +src_adv_dev_id +dst_adv_dev_id
        """,
    ];

    private static readonly string[] Codes = ["0", "1", "1537", "1793", "2048", "2049", "2304", "2305", "2560", "2561", "2817", "3073"];

    private static readonly string[] Texts =
    [
        "a", "two words", "ex\\kim", "ex\\n.kim", "a,b", "say \"hi\"", ",", "\"", "x;y=z", "{a", "10.0.0.0-10.255.255.255", "äöü",
        "\"a\",\"b\"",
    ];

    /// <summary>Draws lines of all releases; the same number gives the same line.</summary>
    public static Gen<RenderedLine> Generator => Gen.Choose(0, int.MaxValue).Select(seed => Create(new Random(seed)));

    /// <summary>The numbers of columns of the releases.</summary>
    public static IEnumerable<int> Counts => Enumerable.Range(1, Releases.Length).Select(release => Columns(release).Length);

    public override string ToString() => Line;

    private static string[] Columns(int release) =>
        [.. Releases.Take(release).SelectMany(r => r.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];

    private static RenderedLine Create(Random random)
    {
        int release = random.Next(1, Releases.Length + 1);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["tag"] = "PanosTraffic" };
        string[] columns = Columns(release);
        string[] printed = [.. columns.Select(name => Print(name, random, expected))];
        Set(1, "1");
        Set(4, "TRAFFIC");
        Set(5, new[] { "start", "end", "drop", "deny", "other" }[random.Next(5)]);
        Set(6, Codes[release - 1]);
        (expected["+subtype"], expected["+config_ver"]) = (printed[4], printed[5]);
        expected["kind"] = printed[4] switch { "start" => "Start", "end" => "Close", "other" => "Other", _ => "Deny" };
        AddTimes(random, columns, printed, expected);
        return new RenderedLine(string.Join(',', printed), expected);
        void Set(int position, string text) => printed[position - 1] = text;
    }

    // When a session ended is told by its start and how long it lasted, when a line was written by the finest of its times.
    private static void AddTimes(Random random, string[] columns, string[] printed, SortedDictionary<string, string> expected)
    {
        DateTime written = new DateTime(2012, 1, 1).AddMilliseconds(random.NextInt64(14L * 365 * 86_400_000));
        DateTime start = new DateTime(2012, 1, 1).AddSeconds(random.Next(14 * 365 * 86_400));
        string local = written.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        printed[1] = printed[6] = expected["+receive_time"] = expected["+time_generated"] = local;
        printed[35] = start.ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        expected["start_time"] = ((long)(start - DateTime.UnixEpoch).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        DateTime time = written.AddTicks(-(written.Ticks % TimeSpan.TicksPerSecond));
        int offset = 0, precise = Array.IndexOf(columns, "+high_res_timestamp");
        if (precise >= 0)
        {
            offset = random.Next(-48, 57) * 15;
            string zone = $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}";
            printed[precise] = written.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + zone;
            expected["+high_res_timestamp"] = printed[precise];
            time = written;
        }
        if (expected["kind"] == "Close" && expected.TryGetValue("elapsed_time", out string? elapsed))
            time = start.AddSeconds(int.Parse(elapsed, CultureInfo.InvariantCulture));
        string utc = time.AddMinutes(-offset).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
        expected["time"] = utc + (precise >= 0 ? "Z" : "");
    }

    private static string Print(string name, Random random, SortedDictionary<string, string> expected)
    {
        (string text, string? value) = name switch
        {
            "-" => ("0", null),
            "source_address" or "destination_address" when random.Next(3) == 0 => Same($"2001:db8::{random.Next(1, 9999):x}"),
            "source_address" or "destination_address" => Same($"192.0.2.{random.Next(256)}"),
            "nat_source_address" or "nat_destination_address" => Same("203.0.113.7"),
            "source_port" or "destination_port" or "nat_source_port" or "nat_destination_port" => Same(Number(random.Next(65_536))),
            "protocol_id" => random.Next(3) switch { 0 => ("tcp", "6"), 1 => ("udp", "17"), _ => ("icmp", "1") },
            "device_serial" => Same($"0123{random.Next(100_000_000):00000000}"),
            "session_id" => Same(Number(random.Next(1, int.MaxValue))),
            "sequence_number" => Same(Number(random.NextInt64())),
            "session_flags" => Flags(random.Next()),
            "repeat_count" or "elapsed_time" => Optional(random, Number(random.Next(100_000))),
            "bytes_from_client" or "bytes_from_server" or "packets_from_client" or "packets_from_server" =>
                Optional(random, Number(random.NextInt64() >> random.Next(63))),
            "+link_switches" when random.Next(2) == 0 => Same("{a,b c,2026/05/01 08:28:11}"),
            "start_time" or "+receive_time" or "+time_generated" or "+high_res_timestamp" or "+subtype" or "+config_ver" => ("", null),
            _ => Optional(random, Texts[random.Next(Texts.Length)]),
        };
        if (value is not null) expected[name] = value;
        bool list = name == "+link_switches";
        bool quoted = list ? text.StartsWith('{') != text.EndsWith('}') : text.AsSpan().ContainsAny(",\"");
        return quoted || (list && !text.EndsWith('}') && text.AsSpan().ContainsAny(",\"")) ? Quote(text) : text;
    }

    private static (string Text, string? Value) Same(string text) => (text, text);

    private static (string Text, string? Value) Optional(Random random, string text) => random.Next(3) == 0 ? ("", null) : (text, text);

    private static (string Text, string? Value) Flags(int flags) => ($"0x{flags:x}", Number(flags));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
