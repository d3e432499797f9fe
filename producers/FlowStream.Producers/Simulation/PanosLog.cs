using System.Globalization;
using System.Text;

namespace FlowStream.Producers.Simulation;

/// <summary>Words what a PAN-OS device says of a session: TRAFFIC logs as CSV, with the columns of release 8.1, in UTC.</summary>
internal static class PanosLog
{
    /// <summary>Tag of a start log among the messages of a session; the device's own tag is its first word.</summary>
    public const string Start = "TRAFFIC start";

    /// <summary>Tag of an end log.</summary>
    public const string End = "TRAFFIC end";

    private static readonly string[] Columns =
    [
        "future_use_1", "receive_time", "serial", "type", "subtype", "config_ver", "time_generated", "src", "dst", "natsrc", "natdst",
        "rule", "srcuser", "dstuser", "app", "vsys", "from", "to", "inbound_if", "outbound_if", "logset", "future_use_2", "sessionid",
        "repeatcnt", "sport", "dport", "natsport", "natdport", "flags", "proto", "action", "bytes", "bytes_sent", "bytes_received",
        "packets", "start", "elapsed", "category", "future_use_3", "seqno", "actionflags", "srcloc", "dstloc", "future_use_4",
        "pkts_sent", "pkts_received", "session_end_reason", "dg_hier_level_1", "dg_hier_level_2", "dg_hier_level_3", "dg_hier_level_4",
        "vsys_name", "device_name", "action_source", "src_uuid", "dst_uuid", "tunnelid", "monitortag", "parent_session_id",
        "parent_start_time", "tunnel", "assoc_id", "chunks", "chunks_sent", "chunks_received",
    ];

    /// <summary>Words a log at age <paramref name="ageMs"/>. Times are in whole seconds.</summary>
    public static SimulatedMessage Word(SimulatedSession session, string tag, long ageMs)
    {
        bool ended = tag == End;
        long startMs = Whole(session.StartMs), timeMs = Whole(session.StartMs + ageMs), age = (timeMs - startMs) / 1000;
        SimulatedVolume volume = session.Traffic?.At(ageMs) ?? default;
        (string Key, string Value)[] fields = [.. Columns.Select(column => (column, column switch
        {
            "receive_time" or "time_generated" or "future_use_2" => Time(timeMs),
            "start" => Time(startMs),
            "subtype" => ended ? "end" : "start",
            "elapsed" => Text(ended ? age : 0),
            "session_end_reason" => ended ? session.Reason.Text : "n/a",
            "app" => Application(session, ageMs),
            "bytes" => Text(volume.ClientBytes + volume.ServerBytes),
            "bytes_sent" => Text(volume.ClientBytes),
            "bytes_received" => Text(volume.ServerBytes),
            "packets" => Text(volume.ClientPackets + volume.ServerPackets),
            "pkts_sent" => Text(volume.ClientPackets),
            "pkts_received" => Text(volume.ServerPackets),
            _ => FlowValue(session, column),
        }))];
        string line = $"<14>{Header(timeMs)} {session.Device.Host} {string.Join(',', fields.Select(field => field.Value))}";
        return new SimulatedMessage(
            tag, timeMs, age, ended ? volume : null, ended ? session.Reason : null, fields, Encoding.ASCII.GetBytes(line));
    }

    // App-ID knows more as the session goes on, and logs another start when it does.
    private static string Application(SimulatedSession session, long ageMs)
    {
        bool nested = ageMs >= session.NestedAfterMs && session.HasNested;
        string name = nested ? session.Application.Nested : session.Application.Application;
        return name is "UNKNOWN" or "INCONCLUSIVE" ? "incomplete" : name.ToLowerInvariant();
    }

    private static string FlowValue(SimulatedSession session, string column) => column switch
    {
        "src" => session.Source,
        "dst" => session.Destination,
        "sport" => Text(session.SourcePort),
        "dport" => Text(session.DestinationPort),
        "natsrc" => session.HasSourceNat ? session.NatSource.Address : "0.0.0.0",
        "natdst" => session.HasDestinationNat ? session.NatDestination.Address : "0.0.0.0",
        "natsport" => session.HasSourceNat ? Text(session.NatSource.Port) : "0",
        "natdport" => session.HasDestinationNat ? Text(session.NatDestination.Port) : "0",
        "flags" => session.HasSourceNat || session.HasDestinationNat ? "0x400000" : "0x0",
        "proto" => session.Application.Protocol switch { 6 => "tcp", 17 => "udp", _ => "icmp" },
        "rule" => session.Policy,
        "srcuser" => session.Username == "N/A" ? "" : $"example\\{session.Username}",
        "from" => session.SourceZone,
        "to" => session.DestinationZone,
        "sessionid" => Text(session.Id),
        "serial" => session.Device.Serial,
        "device_name" => session.Device.Host,
        _ => DeviceValue(column),
    };

    private static string DeviceValue(string column) => column switch
    {
        "future_use_1" => "1",
        "type" => "TRAFFIC",
        "config_ver" => "2049",
        "vsys" => "vsys1",
        "inbound_if" => "ethernet1/2",
        "outbound_if" => "ethernet1/1",
        "logset" => "forward",
        "repeatcnt" => "1",
        "action" => "allow",
        "category" => "any",
        "action_source" => "from-policy",
        "srcloc" or "dstloc" => "10.0.0.0-10.255.255.255",
        "actionflags" => "0x0",
        "tunnel" => "N/A",
        "vsys_name" or "dstuser" or "src_uuid" or "dst_uuid" or "monitortag" or "parent_start_time" => "",
        _ => "0",
    };

    private static long Whole(long timeMs) => timeMs / 1000 * 1000;

    private static string Time(long timeMs) => Of(timeMs).ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Header(long timeMs) =>
        string.Create(CultureInfo.InvariantCulture, $"{Of(timeMs):MMM} {Of(timeMs).Day,2} {Of(timeMs):HH:mm:ss}");

    private static DateTime Of(long timeMs) => DateTime.UnixEpoch.AddMilliseconds(timeMs);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
