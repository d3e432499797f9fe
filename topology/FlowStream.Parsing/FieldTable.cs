using System.Text;
using static FlowStream.Parsing.AbsentForms;

namespace FlowStream.Parsing;

/// <summary>
/// The one table of fields. A new field is one line here and one value of <see cref="Field"/>; a new name for a field is one more word.
/// The names are those of the Junos syslog explorer for RT_FLOW_SESSION_* and of the AppTrack documentation, releases 10.2 to 26.2.
/// </summary>
internal static class FieldTable
{
    /// <summary>How any key that is not in the table prints that it has no value.</summary>
    public const AbsentForms ExtraAbsent = NotAvailable | NoneWord | Unknown;

    private const AbsentForms Identified = NotAvailable | NoneWord | Unknown | Inconclusive;

    private static readonly FieldDefinition[] Definitions =
    [
        new(Field.LogicalSystem, "logical_system", FieldKind.Text, NotAvailable, "logical-system-name"),
        new(Field.SessionId, "session_id", FieldKind.Identifier, NotAvailable, "session-id", "session-id-32"),
        new(Field.SourceAddress, "source_address", FieldKind.Address, NotAvailable, "source-address"),
        new(Field.SourcePort, "source_port", FieldKind.Port, NotAvailable, "source-port"),
        new(Field.DestinationAddress, "destination_address", FieldKind.Address, NotAvailable, "destination-address"),
        new(Field.DestinationPort, "destination_port", FieldKind.Port, NotAvailable, "destination-port"),
        new(Field.ProtocolId, "protocol_id", FieldKind.Protocol, NotAvailable, "protocol-id"),
        new(Field.NatSourceAddress, "nat_source_address", FieldKind.Address, NotAvailable | NoneWord | UnspecifiedAddress,
            "nat-source-address"),
        new(Field.NatSourcePort, "nat_source_port", FieldKind.Port, NotAvailable | NoneWord, "nat-source-port"),
        new(Field.NatDestinationAddress, "nat_destination_address", FieldKind.Address, NotAvailable | NoneWord | UnspecifiedAddress,
            "nat-destination-address"),
        new(Field.NatDestinationPort, "nat_destination_port", FieldKind.Port, NotAvailable | NoneWord, "nat-destination-port"),
        new(Field.SourceNatRuleName, "src_nat_rule_name", FieldKind.Text, NotAvailable | NoneWord, "src-nat-rule-name"),
        new(Field.DestinationNatRuleName, "dst_nat_rule_name", FieldKind.Text, NotAvailable | NoneWord, "dst-nat-rule-name"),
        new(Field.ServiceName, "service_name", FieldKind.Text, NotAvailable | NoneWord | Unknown, "service-name"),
        new(Field.Application, "application", FieldKind.Text, Identified, "application"),
        new(Field.NestedApplication, "nested_application", FieldKind.Text, Identified, "nested-application", "nestedapplication"),
        new(Field.Category, "category", FieldKind.Text, Identified, "category", "application-category"),
        new(Field.SubCategory, "sub_category", FieldKind.Text, Identified, "sub-category", "subcategory", "application-sub-category"),
        new(Field.Encrypted, "encrypted", FieldKind.Text, NotAvailable | NoneWord | Unknown, "encrypted"),
        new(Field.PolicyName, "policy_name", FieldKind.Text, NotAvailable, "policy-name"),
        new(Field.SourceZoneName, "source_zone_name", FieldKind.Text, NotAvailable, "source-zone-name"),
        new(Field.DestinationZoneName, "destination_zone_name", FieldKind.Text, NotAvailable, "destination-zone-name"),
        new(Field.PacketIncomingInterface, "packet_incoming_interface", FieldKind.Text, NotAvailable | NoneWord,
            "packet-incoming-interface"),
        new(Field.DestinationInterfaceName, "destination_interface_name", FieldKind.Text, NotAvailable | NoneWord,
            "destination-interface-name"),
        new(Field.RoutingInstance, "routing_instance", FieldKind.Text, NotAvailable | NoneWord, "routing-instance"),
        new(Field.Username, "username", FieldKind.Text, NotAvailable | NoneWord | Unknown, "username"),
        new(Field.Roles, "roles", FieldKind.Text, NotAvailable | NoneWord | Unknown, "roles"),
        new(Field.Reason, "reason", FieldKind.Text, NotAvailable, "reason"),
        new(Field.IcmpType, "icmp_type", FieldKind.Octet, NotAvailable | NoneWord, "icmp-type"),
        new(Field.ElapsedTime, "elapsed_time", FieldKind.Count, NotAvailable | NoneWord, "elapsed-time"),
        new(Field.PacketsFromClient, "packets_from_client", FieldKind.Count, NotAvailable | NoneWord, "packets-from-client"),
        new(Field.BytesFromClient, "bytes_from_client", FieldKind.Count, NotAvailable | NoneWord, "bytes-from-client"),
        new(Field.PacketsFromServer, "packets_from_server", FieldKind.Count, NotAvailable | NoneWord, "packets-from-server"),
        new(Field.BytesFromServer, "bytes_from_server", FieldKind.Count, NotAvailable | NoneWord, "bytes-from-server"),
        new(Field.DeviceSerial, "device_serial", FieldKind.Text, NotAvailable),
        new(Field.StartTime, "start_time", FieldKind.LocalTime, NotAvailable),
        new(Field.SequenceNumber, "sequence_number", FieldKind.Identifier, NotAvailable),
        new(Field.RepeatCount, "repeat_count", FieldKind.Count, NotAvailable),
        new(Field.SessionFlags, "session_flags", FieldKind.Hexadecimal, NotAvailable),
    ];

    /// <summary>Keys of all fields; the answer of a lookup is an index into <see cref="Rules"/>.</summary>
    public static readonly NameTable Keys = new([.. Definitions.SelectMany(d => d.Keys).Select(Encoding.ASCII.GetBytes)]);

    /// <summary>For each key, in the order of the table, what to do with its value.</summary>
    public static readonly FieldRule[] Rules =
        [.. Definitions.SelectMany(d => d.Keys.Select((_, rank) => new FieldRule(d.Field, d.Kind, d.Absent, (byte)rank)))];

    private static readonly FieldDefinition[] ByField = Index();

    /// <summary>The definition of <paramref name="field"/>.</summary>
    public static FieldDefinition Definition(Field field) => ByField[(int)field];

    // The table and the enumeration are two lists of one thing: a field that one of them lacks must stop the program at its start.
    private static FieldDefinition[] Index()
    {
        var byField = new FieldDefinition[SessionEvent.FieldCount];
        foreach (FieldDefinition definition in Definitions)
        {
            if (byField[(int)definition.Field] is not null)
                throw new InvalidOperationException($"Field {definition.Field} is defined twice.");
            byField[(int)definition.Field] = definition;
        }
        int missing = Array.IndexOf(byField, null);
        return missing < 0 ? byField : throw new InvalidOperationException($"Field {(Field)missing} is not defined.");
    }
}
