using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>
/// What a person reads in a message of the simulator: which of its values mean that there is none, and which field of the records a key is.
/// It is written apart from the parser, which it is there to check.
/// </summary>
internal static class MessageReading
{
    private static readonly Dictionary<string, string> TextFields = new(StringComparer.Ordinal)
    {
        ["service-name"] = "service_name",
        ["application"] = "application",
        ["nested-application"] = "nested_application",
        ["category"] = "category",
        ["application-category"] = "category",
        ["sub-category"] = "sub_category",
        ["application-sub-category"] = "sub_category",
        ["encrypted"] = "encrypted",
        ["policy-name"] = "policy_name",
        ["source-zone-name"] = "source_zone_name",
        ["destination-zone-name"] = "destination_zone_name",
        ["packet-incoming-interface"] = "packet_incoming_interface",
        ["destination-interface-name"] = "destination_interface_name",
        ["routing-instance"] = "routing_instance",
        ["username"] = "username",
        ["roles"] = "roles",
        ["src-nat-rule-name"] = "src_nat_rule_name",
        ["dst-nat-rule-name"] = "dst_nat_rule_name",
        ["reason"] = "reason",
        ["rule"] = "policy_name",
        ["srcuser"] = "username",
        ["app"] = "application",
        ["vsys"] = "logical_system",
        ["from"] = "source_zone_name",
        ["to"] = "destination_zone_name",
        ["inbound_if"] = "packet_incoming_interface",
        ["outbound_if"] = "destination_interface_name",
        ["session_end_reason"] = "reason",
        ["serial"] = "device_serial",
    };

    // Numbers and addresses, which the oracle has from the session itself.
    private static readonly HashSet<string> Known = new(
        [
            "source-address", "source-port", "destination-address", "destination-port", "protocol-id", "session-id", "session-id-32",
            "icmp-type", "nat-source-address", "nat-source-port", "nat-destination-address", "nat-destination-port", "elapsed-time",
            "packets-from-client", "bytes-from-client", "packets-from-server", "bytes-from-server",
            "future_use_1", "type", "src", "dst", "natsrc", "natdst", "future_use_2", "sessionid", "repeatcnt", "sport", "dport",
            "natsport", "natdport", "flags", "proto", "bytes_sent", "bytes_received", "start", "elapsed", "future_use_3", "seqno",
            "future_use_4", "pkts_sent", "pkts_received", "device_name",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> NoValue =
        new(["", "N/A", "NA", "NA NA", "None", "UNKNOWN", "INCONCLUSIVE", "-1", "0.0.0.0", "4294967295"], StringComparer.Ordinal);

    /// <summary>The text fields that a message has, by their names in the schemas.</summary>
    public static Dictionary<string, string> Texts(SimulatedMessage message) => message.Fields
        .Where(field => IsText(message, field.Key) && !NoValue.Contains(field.Value.Trim()))
        .ToDictionary(field => TextFields[field.Key], field => field.Value.Trim(), StringComparer.Ordinal);

    /// <summary>The keys of a message that have no field of their own.</summary>
    public static IEnumerable<(string Key, string Value)> Extras(SimulatedMessage message) => message.Fields
        .Where(field => !IsText(message, field.Key) && !Known.Contains(field.Key) && !NoValue.Contains(field.Value.Trim()))
        .Select(field => (field.Key.Replace('-', '_'), field.Value.Trim()));

    /// <summary>The application that a message's bytes count for: nested if there is one; empty for none.</summary>
    public static string Application(SimulatedMessage message)
    {
        Dictionary<string, string> texts = Texts(message);
        return texts.GetValueOrDefault("nested_application") ?? texts.GetValueOrDefault("application") ?? "";
    }

    // What PAN-OS calls category is that of the URL.
    private static bool IsText(SimulatedMessage message, string key) =>
        TextFields.ContainsKey(key) && (key != "category" || message.Tag is not (PanosLog.Start or PanosLog.End));

    /// <summary>Text for a record, or null.</summary>
    public static Utf8Text? Optional(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out string? text) ? Utf8Text.From(text) : null;
}
