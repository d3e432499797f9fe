using System.Text;
using FlowStream.Parsing.Junos;
using static FlowStream.Parsing.AbsentForms;
using static FlowStream.Parsing.Junos.JunosMessages;

namespace FlowStream.Parsing;

/// <summary>
/// The one table of fields. A new field is one line here and one value of <see cref="Field"/>; a new name for a field is one more key; a
/// key without a field is one line of <see cref="JunosExtras"/>. The names are those of the Junos syslog explorer for RT_FLOW_SESSION_*
/// and of the AppTrack documentation, releases 10.2 to 26.2. <c>docs/fields.md</c> is made from it.
/// </summary>
internal static class FieldTable
{
    /// <summary>How any key that is not in the table prints that it has no value.</summary>
    public const AbsentForms ExtraAbsent = NotAvailable | NoneWord | Unknown;

    private const AbsentForms Identified = NotAvailable | NoneWord | Unknown | Inconclusive;
    private const AbsentForms Rule = NotAvailable | NoneWord;
    private const AbsentForms Translated = NotAvailable | NoneWord | UnspecifiedAddress;

    private const JunosMessages Sessions = JunosMessages.Flow | Tracked | QoeSession;
    private const JunosMessages Counted = FlowClose | Totals | QoeSession | QoeActive;

    /// <summary>The fields, in the order in which they are printed.</summary>
    public static readonly FieldDefinition[] Definitions =
    [
        new(Field.LogicalSystem, "logical_system", FieldKind.Text, NotAvailable,
            new DeviceKey("logical-system-name", "seen 2011", JunosMessages.Flow | Track | Nexthop)),
        new(Field.SessionId, "session_id", FieldKind.Identifier, NotAvailable,
            new("session-id", "seen 2021", JunosMessages.Flow), new("session-id-32", "10.2", Sessions)),
        new(Field.SourceAddress, "source_address", FieldKind.Address, NotAvailable,
            new DeviceKey("source-address", "10.2", Sessions | QoeActive)),
        new(Field.SourcePort, "source_port", FieldKind.Port, NotAvailable, new DeviceKey("source-port", "10.2", Sessions | QoeActive)),
        new(Field.DestinationAddress, "destination_address", FieldKind.Address, NotAvailable,
            new DeviceKey("destination-address", "10.2", Sessions | QoeActive)),
        new(Field.DestinationPort, "destination_port", FieldKind.Port, NotAvailable,
            new DeviceKey("destination-port", "10.2", Sessions | QoeActive)),
        new(Field.ProtocolId, "protocol_id", FieldKind.Protocol, NotAvailable,
            new DeviceKey("protocol-id", "10.2", Sessions | QoeActive)),
        new(Field.NatSourceAddress, "nat_source_address", FieldKind.Address, Translated,
            new DeviceKey("nat-source-address", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.NatSourcePort, "nat_source_port", FieldKind.Port, Rule,
            new DeviceKey("nat-source-port", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.NatDestinationAddress, "nat_destination_address", FieldKind.Address, Translated,
            new DeviceKey("nat-destination-address", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.NatDestinationPort, "nat_destination_port", FieldKind.Port, Rule,
            new DeviceKey("nat-destination-port", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.SourceNatRuleName, "src_nat_rule_name", FieldKind.Text, Rule,
            new DeviceKey("src-nat-rule-name", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.DestinationNatRuleName, "dst_nat_rule_name", FieldKind.Text, Rule,
            new DeviceKey("dst-nat-rule-name", "10.2", FlowCreate | FlowClose | Tracked)),
        new(Field.ServiceName, "service_name", FieldKind.Text, NotAvailable | NoneWord | Unknown,
            new DeviceKey("service-name", "10.2", Sessions)),
        new(Field.Application, "application", FieldKind.Text, Identified,
            new DeviceKey("application", "10.2", JunosMessages.Flow | Tracked | Qoe)),
        new(Field.NestedApplication, "nested_application", FieldKind.Text, Identified,
            new("nested-application", "10.2", Sessions), new("nestedapplication", "19.3R2", FlowCreate | FlowClose)),
        new(Field.Category, "category", FieldKind.Text, Identified,
            new("category", "17.4R1", Track), new("application-category", "seen 2019", JunosMessages.Flow)),
        new(Field.SubCategory, "sub_category", FieldKind.Text, Identified,
            new("sub-category", "17.4R1", Track), new("subcategory", "18.4R1", TrackRoute),
            new("application-sub-category", "seen 2019", JunosMessages.Flow)),
        new(Field.Encrypted, "encrypted", FieldKind.Text, NotAvailable | NoneWord | Unknown,
            new DeviceKey("encrypted", "12.1", JunosMessages.Flow | Tracked)),
        new(Field.PolicyName, "policy_name", FieldKind.Text, NotAvailable,
            new DeviceKey("policy-name", "10.2", JunosMessages.Flow | Tracked)),
        new(Field.SourceZoneName, "source_zone_name", FieldKind.Text, NotAvailable,
            new DeviceKey("source-zone-name", "10.2", Sessions)),
        new(Field.DestinationZoneName, "destination_zone_name", FieldKind.Text, NotAvailable,
            new DeviceKey("destination-zone-name", "10.2", Sessions | QoeActive)),
        new(Field.PacketIncomingInterface, "packet_incoming_interface", FieldKind.Text, Rule,
            new DeviceKey("packet-incoming-interface", "seen 2010", JunosMessages.Flow)),
        new(Field.DestinationInterfaceName, "destination_interface_name", FieldKind.Text, Rule,
            new DeviceKey("destination-interface-name", "15.1X49-D100", Track | Nexthop | Qoe)),
        new(Field.RoutingInstance, "routing_instance", FieldKind.Text, Rule,
            new DeviceKey("routing-instance", "15.1X49-D100", TrackVolume | TrackClose | TrackRoute | Nexthop | Mismatch | Qoe)),
        new(Field.Username, "username", FieldKind.Text, NotAvailable | NoneWord | Unknown, new DeviceKey("username", "11.4", Sessions)),
        new(Field.Roles, "roles", FieldKind.Text, NotAvailable | NoneWord | Unknown, new DeviceKey("roles", "11.4", Sessions)),
        new(Field.Reason, "reason", FieldKind.Text, NotAvailable,
            new DeviceKey("reason", "10.2", FlowClose | FlowDeny | TrackClose | QoePath | QoeAppPath)),
        new(Field.IcmpType, "icmp_type", FieldKind.Octet, Rule, new DeviceKey("icmp-type", "10.2", FlowDeny)),
        new(Field.ElapsedTime, "elapsed_time", FieldKind.Count, Rule,
            new DeviceKey("elapsed-time", "10.2", FlowClose | Totals | QoePath)),
        new(Field.PacketsFromClient, "packets_from_client", FieldKind.Count, Rule, new DeviceKey("packets-from-client", "10.2", Counted)),
        new(Field.BytesFromClient, "bytes_from_client", FieldKind.Count, Rule, new DeviceKey("bytes-from-client", "10.2", Counted)),
        new(Field.PacketsFromServer, "packets_from_server", FieldKind.Count, Rule, new DeviceKey("packets-from-server", "10.2", Counted)),
        new(Field.BytesFromServer, "bytes_from_server", FieldKind.Count, Rule, new DeviceKey("bytes-from-server", "10.2", Counted)),
        new(Field.DeviceSerial, "device_serial", FieldKind.Text, NotAvailable),
        new(Field.StartTime, "start_time", FieldKind.LocalTime, NotAvailable),
        new(Field.SequenceNumber, "sequence_number", FieldKind.Identifier, NotAvailable),
        new(Field.RepeatCount, "repeat_count", FieldKind.Count, NotAvailable),
        new(Field.SessionFlags, "session_flags", FieldKind.Hexadecimal, NotAvailable),
    ];

    /// <summary>For each key of a field, in the order of the table, what to do with its value.</summary>
    public static readonly FieldRule[] Rules =
        [.. Definitions.SelectMany(d => d.Keys.Select((_, rank) => new FieldRule(d.Field, d.Kind, d.Absent, (byte)rank)))];

    /// <summary>
    /// Every key; the answer of a lookup is an index into <see cref="Rules"/> or, from their number on, into
    /// <see cref="JunosExtras.Keys"/>.
    /// </summary>
    public static readonly NameTable Keys =
        new([.. Definitions.SelectMany(d => d.Keys).Concat(JunosExtras.Keys).Select(key => Encoding.ASCII.GetBytes(key.Name))]);

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
