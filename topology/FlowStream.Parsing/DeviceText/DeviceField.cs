namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// The fields of a <see cref="DeviceSession"/>; names and kinds are in <see cref="DeviceFields"/>. Where a session record has such a field
/// (<c>schemas/CompletedSession.avsc</c>) it has that name and meaning.
/// </summary>
public enum DeviceField : byte
{
    /// <summary>session_id.</summary>
    SessionId,

    /// <summary>logical_system: Junos logical system, PAN-OS vsys.</summary>
    LogicalSystem,

    /// <summary>source_address: of the client, before address translation.</summary>
    SourceAddress,

    /// <summary>source_port; of ICMP what the device prints in its place.</summary>
    SourcePort,

    /// <summary>destination_address: of the server as the client addressed it.</summary>
    DestinationAddress,

    /// <summary>destination_port.</summary>
    DestinationPort,

    /// <summary>protocol_id.</summary>
    ProtocolId,

    /// <summary>nat_source_address: the client's as the server sees it.</summary>
    NatSourceAddress,

    /// <summary>nat_source_port.</summary>
    NatSourcePort,

    /// <summary>nat_destination_address: the server's own.</summary>
    NatDestinationAddress,

    /// <summary>nat_destination_port.</summary>
    NatDestinationPort,

    /// <summary>src_nat_rule_name.</summary>
    SourceNatRuleName,

    /// <summary>dst_nat_rule_name.</summary>
    DestinationNatRuleName,

    /// <summary>service_name.</summary>
    ServiceName,

    /// <summary>application.</summary>
    Application,

    /// <summary>nested_application.</summary>
    NestedApplication,

    /// <summary>encrypted.</summary>
    Encrypted,

    /// <summary>policy_name.</summary>
    PolicyName,

    /// <summary>source_zone_name.</summary>
    SourceZoneName,

    /// <summary>destination_zone_name.</summary>
    DestinationZoneName,

    /// <summary>packet_incoming_interface: on the client's side.</summary>
    PacketIncomingInterface,

    /// <summary>destination_interface_name: on the server's side.</summary>
    DestinationInterfaceName,

    /// <summary>username.</summary>
    Username,

    /// <summary>state: Junos Valid and its like, PAN-OS INIT, OPENING, ACTIVE, DISCARD, CLOSING, CLOSED, FREE.</summary>
    State,

    /// <summary>type: PAN-OS FLOW or PREDICT; a PREDICT session is awaited and has no traffic yet.</summary>
    SessionType,

    /// <summary>ha_state: Junos Active or Backup; a backup is the other node's session and has no counters of its own.</summary>
    HaState,

    /// <summary>start_time.</summary>
    StartTime,

    /// <summary>event_time: when the log record was written.</summary>
    EventTime,

    /// <summary>elapsed_time: seconds since the session began.</summary>
    ElapsedTime,

    /// <summary>timeout: seconds without traffic after which the session ends.</summary>
    Timeout,

    /// <summary>time_to_live: seconds that are left of it.</summary>
    TimeToLive,

    /// <summary>packets_from_client.</summary>
    PacketsFromClient,

    /// <summary>bytes_from_client. PAN-OS counts 14 bytes of Ethernet header with each packet here, Junos the IP packet alone.</summary>
    BytesFromClient,

    /// <summary>packets_from_server.</summary>
    PacketsFromServer,

    /// <summary>bytes_from_server.</summary>
    BytesFromServer,

    /// <summary>end_reason_raw: PAN-OS end-reason, or its tracker stage where it prints no end-reason.</summary>
    EndReasonRaw,
}
