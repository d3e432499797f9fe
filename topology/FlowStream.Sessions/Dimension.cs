namespace FlowStream.Sessions;

/// <summary>
/// What bytes can be added up by: the properties of the session that moved them, named as in the schemas. The numbers stand in stored keys
/// and never change.
/// </summary>
public enum Dimension : byte
{
    /// <summary>device_host.</summary>
    Device = 0,

    /// <summary>application: the nested application where there is one, else the application.</summary>
    Application = 1,

    /// <summary>logical_system: that of Junos, or the virtual system of PAN-OS.</summary>
    LogicalSystem = 2,

    /// <summary>nested_application.</summary>
    NestedApplication = 3,

    /// <summary>category of the application.</summary>
    Category = 4,

    /// <summary>username.</summary>
    Username = 5,

    /// <summary>roles of the user.</summary>
    Roles = 6,

    /// <summary>source_zone_name.</summary>
    SourceZone = 7,

    /// <summary>destination_zone_name.</summary>
    DestinationZone = 8,

    /// <summary>policy_name.</summary>
    Policy = 9,

    /// <summary>packet_incoming_interface.</summary>
    IngressInterface = 10,

    /// <summary>destination_interface_name.</summary>
    EgressInterface = 11,

    /// <summary>routing_instance.</summary>
    RoutingInstance = 12,

    /// <summary>protocol_id: the number of the protocol (IANA).</summary>
    Protocol = 13,

    /// <summary>service_name.</summary>
    Service = 14,

    /// <summary>end_reason: the canonical code; only what a close tells has one.</summary>
    EndReason = 15,

    /// <summary>source_prefix: the network of the source address.</summary>
    SourcePrefix = 16,

    /// <summary>destination_prefix: the network of the destination address.</summary>
    DestinationPrefix = 17,

    /// <summary>source_address.</summary>
    SourceAddress = 18,

    /// <summary>destination_address.</summary>
    DestinationAddress = 19,
}
