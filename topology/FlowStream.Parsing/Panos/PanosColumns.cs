using System.Text;
using static FlowStream.Parsing.AbsentForms;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// The one table of the columns of a PAN-OS TRAFFIC log, in the order in which every release prints them: a release only adds at the end
/// (PAN-OS administrator's guides 7.1 to 11.1, "Traffic Log Fields"). CEF and LEEF templates give the same values other names; their
/// readers find the line of a value here by <see cref="Named"/>. A new column is one line.
/// </summary>
internal static class PanosColumns
{
    /// <summary>Position of the release.</summary>
    public const int Release = 6;

    /// <summary>Position of the list in braces whose commas are not quoted.</summary>
    public const int LinkSwitches = 70;

    // Releases as column 6 tells them. Older ones print 0 or 1 there; the newest columns are of 11.2 or later, which is not documented.
    private const int V4 = 0x0400, V5 = 0x0500, V61 = 0x0601, V71 = 0x0701, V80 = 0x0800, V81 = 0x0801, V90 = 0x0900, V91 = 0x0901;
    private const int V100 = 0x0A00, V101 = 0x0A01, V111 = 0x0B01;
    private const int Newest = int.MaxValue;

    private const AbsentForms Nat = NotAvailable | UnspecifiedAddress;

    private static readonly PanosColumn[] Lines =
    [
        Unused("future_use_1"),
        new("receive_time", V4, PanosUse.ReceiveTime),
        Of("serial", V4, Field.DeviceSerial, FieldKind.Text, NotAvailable | NoSerial),
        Unused("type"),
        new("subtype", V4, PanosUse.Subtype),
        new("config_ver", V4, PanosUse.Release),
        new("time_generated", V4, PanosUse.GeneratedTime),
        Of("src", V4, Field.SourceAddress, FieldKind.Address),
        Of("dst", V4, Field.DestinationAddress, FieldKind.Address),
        Of("natsrc", V4, Field.NatSourceAddress, FieldKind.Address, Nat),
        Of("natdst", V4, Field.NatDestinationAddress, FieldKind.Address, Nat),
        Of("rule", V4, Field.PolicyName, FieldKind.Text),
        Of("srcuser", V4, Field.Username, FieldKind.Text, NotAvailable | NoneWord | Unknown),
        Extra("dstuser", V4),
        Of("app", V4, Field.Application, FieldKind.Text, NotAvailable | Unknown | NotApplicable),
        Of("vsys", V4, Field.LogicalSystem, FieldKind.Text),
        Of("from", V4, Field.SourceZoneName, FieldKind.Text),
        Of("to", V4, Field.DestinationZoneName, FieldKind.Text),
        Of("inbound_if", V4, Field.PacketIncomingInterface, FieldKind.Text),
        Of("outbound_if", V4, Field.DestinationInterfaceName, FieldKind.Text),
        Extra("logset", V4),
        Unused("future_use_2"),
        Of("sessionid", V4, Field.SessionId, FieldKind.Identifier),
        Of("repeatcnt", V4, Field.RepeatCount, FieldKind.Count),
        Of("sport", V4, Field.SourcePort, FieldKind.Port),
        Of("dport", V4, Field.DestinationPort, FieldKind.Port),
        Of("natsport", V4, Field.NatSourcePort, FieldKind.Port),
        Of("natdport", V4, Field.NatDestinationPort, FieldKind.Port),
        Of("flags", V4, Field.SessionFlags, FieldKind.Hexadecimal),
        Of("proto", V4, Field.ProtocolId, FieldKind.Protocol),
        Extra("action", V4),
        Extra("bytes", V4),
        Of("bytes_sent", V4, Field.BytesFromClient, FieldKind.Count),
        Of("bytes_received", V4, Field.BytesFromServer, FieldKind.Count),
        Extra("packets", V4),
        new("start", V4, PanosUse.StartTime, new FieldRule(Field.StartTime, FieldKind.LocalTime, NotAvailable, 0)),
        Of("elapsed", V4, Field.ElapsedTime, FieldKind.Count),
        Extra("category", V4),
        Unused("future_use_3"),
        Of("seqno", V4, Field.SequenceNumber, FieldKind.Identifier),
        Extra("actionflags", V4),
        Extra("srcloc", V4),
        Extra("dstloc", V4),
        Unused("future_use_4"),
        Of("pkts_sent", V5, Field.PacketsFromClient, FieldKind.Count),
        Of("pkts_received", V5, Field.PacketsFromServer, FieldKind.Count),
        Of("session_end_reason", V61, Field.Reason, FieldKind.Text),
        .. Extras(V71, "dg_hier_level_1", "dg_hier_level_2", "dg_hier_level_3", "dg_hier_level_4", "vsys_name"),
        new("device_name", V71, PanosUse.DeviceName),
        Extra("action_source", V71),
        .. Extras(V80, "src_uuid", "dst_uuid", "tunnelid", "monitortag", "parent_session_id", "parent_start_time", "tunnel"),
        .. Extras(V81, "assoc_id", "chunks", "chunks_sent", "chunks_received"),
        .. Extras(V90, "rule_uuid", "http2_connection"),
        .. Extras(V91, "link_change_count", "policy_id", "link_switches", "sdwan_cluster", "sdwan_device_type", "sdwan_cluster_type",
            "sdwan_site", "dynusergroup_name"),
        .. Extras(V100, "xff_ip", "src_category", "src_profile", "src_model", "src_vendor", "src_osfamily", "src_osversion", "src_host",
            "src_mac", "dst_category", "dst_profile", "dst_model", "dst_vendor", "dst_osfamily", "dst_osversion", "dst_host", "dst_mac",
            "container_id", "pod_namespace", "pod_name", "src_edl", "dst_edl", "hostid", "serialnumber", "src_dag", "dst_dag",
            "session_owner"),
        new("high_res_timestamp", V100, PanosUse.HighResolutionTime),
        .. Extras(V100, "nsdsai_sst", "nsdsai_sd"),
        Of("subcategory_of_app", V101, Field.SubCategory, FieldKind.Text, NotAvailable | NoneWord | Unknown),
        Of("category_of_app", V101, Field.Category, FieldKind.Text, NotAvailable | NoneWord | Unknown),
        .. Extras(V101, "technology_of_app", "risk_of_app", "characteristic_of_app", "container_of_app", "tunneled_app", "is_saas_of_app",
            "sanctioned_state_of_app", "offloaded"),
        .. Extras(V111, "flow_type", "cluster_name"),
        .. Extras(Newest, "ai_traffic", "ai_fwd_error", "k8s_cluster_id", "tcp_rtt_c2s", "tcp_rtt_s2c", "total_n_ooseq_c2s",
            "total_n_ooseq_s2c", "tcp_retransit_cnt_c2s", "tcp_retransit_cnt_s2c", "tcp_zero_window_cnt_c2s", "tcp_zero_window_cnt_s2c",
            "src_adv_dev_id", "dst_adv_dev_id"),
    ];

    /// <summary>
    /// Every column that a line can have, by its position from 1; those beyond the newest release's are extras named by their position.
    /// </summary>
    public static readonly PanosColumn[] ByPosition =
    [
        default,
        .. Lines.Concat(Enumerable.Range(Lines.Length + 1, ParserLimits.MaxParameters - Lines.Length)
            .Select(p => Extra($"column_{p}", Newest))).Select((line, index) => line with { Position = (short)(index + 1) }),
    ];

    /// <summary>Their names, as keys of extras.</summary>
    public static readonly byte[][] Names = [.. ByPosition.Select(column => Encoding.ASCII.GetBytes(column.Name ?? ""))];

    /// <summary>Number of columns that are known by name: those of the newest release.</summary>
    public static int Count => Lines.Length;

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none: a table that asks for it is wrong.</exception>
    public static PanosColumn Named(string name) => ByPosition.Single(line => line.Name == name);

    private static PanosColumn Unused(string name) => new(name, V4, PanosUse.Skip);

    private static PanosColumn Of(string name, int firstRelease, Field field, FieldKind kind, AbsentForms absent = NotAvailable) =>
        new(name, firstRelease, PanosUse.Field, new FieldRule(field, kind, absent, 0));

    private static PanosColumn Extra(string name, int firstRelease) =>
        new(name, firstRelease, PanosUse.Extra, new FieldRule(default, FieldKind.Text, FieldTable.ExtraAbsent, 0));

    private static IEnumerable<PanosColumn> Extras(int firstRelease, params string[] names) => names.Select(n => Extra(n, firstRelease));
}
