namespace FlowStream.Parsing;

/// <summary>
/// The fields of a session event that have a place of their own in the records; names are those of the schemas. Every other key a
/// device sends is kept under its own name among the extras.
/// </summary>
public enum Field : byte
{
    /// <summary>logical_system, text.</summary>
    LogicalSystem,

    /// <summary>session_id, number: <c>session-id-32</c> and <c>session-id</c>.</summary>
    SessionId,

    /// <summary>source_address, address.</summary>
    SourceAddress,

    /// <summary>source_port, number.</summary>
    SourcePort,

    /// <summary>destination_address, address.</summary>
    DestinationAddress,

    /// <summary>destination_port, number.</summary>
    DestinationPort,

    /// <summary>protocol_id, number.</summary>
    ProtocolId,

    /// <summary>nat_source_address, address.</summary>
    NatSourceAddress,

    /// <summary>nat_source_port, number.</summary>
    NatSourcePort,

    /// <summary>nat_destination_address, address.</summary>
    NatDestinationAddress,

    /// <summary>nat_destination_port, number.</summary>
    NatDestinationPort,

    /// <summary>nested_application, text.</summary>
    NestedApplication,

    /// <summary>application, text.</summary>
    Application,

    /// <summary>service_name, text.</summary>
    ServiceName,

    /// <summary>category, text.</summary>
    Category,

    /// <summary>sub_category, text.</summary>
    SubCategory,

    /// <summary>encrypted, text.</summary>
    Encrypted,

    /// <summary>policy_name, text.</summary>
    PolicyName,

    /// <summary>source_zone_name, text.</summary>
    SourceZoneName,

    /// <summary>destination_zone_name, text.</summary>
    DestinationZoneName,

    /// <summary>packet_incoming_interface, text.</summary>
    PacketIncomingInterface,

    /// <summary>destination_interface_name, text.</summary>
    DestinationInterfaceName,

    /// <summary>routing_instance, text.</summary>
    RoutingInstance,

    /// <summary>src_nat_rule_name, text.</summary>
    SourceNatRuleName,

    /// <summary>dst_nat_rule_name, text.</summary>
    DestinationNatRuleName,

    /// <summary>username, text.</summary>
    Username,

    /// <summary>roles, text.</summary>
    Roles,

    /// <summary>device_serial, text: the serial number of a PAN-OS device.</summary>
    DeviceSerial,

    /// <summary>reason, text: why the session ended or was refused.</summary>
    Reason,

    /// <summary>icmp_type, number.</summary>
    IcmpType,

    /// <summary>elapsed_time, number of seconds.</summary>
    ElapsedTime,

    /// <summary>packets_from_client, number.</summary>
    PacketsFromClient,

    /// <summary>bytes_from_client, number.</summary>
    BytesFromClient,

    /// <summary>packets_from_server, number.</summary>
    PacketsFromServer,

    /// <summary>bytes_from_server, number.</summary>
    BytesFromServer,

    /// <summary>
    /// start_time, Unix milliseconds on the clock of <see cref="SessionEvent.Time"/>: when the session began, as PAN-OS says.
    /// </summary>
    StartTime,

    /// <summary>sequence_number, number: PAN-OS <c>seqno</c>, counted up by the device for each log of a type.</summary>
    SequenceNumber,

    /// <summary>
    /// repeat_count, number: how many sessions (PAN-OS <c>repeatcnt</c>) or lost lines (<c>last message repeated</c>) a message stands for.
    /// </summary>
    RepeatCount,

    /// <summary>session_flags, number: the PAN-OS <c>flags</c> of a session, 32 bits.</summary>
    SessionFlags,
}
