using FlowStream.Parsing;

namespace FlowStream.Queries.Reconciliation;

/// <summary>What makes a session of a device's listing and one of ours the same: device, id and 5-tuple before translation.</summary>
/// <param name="Device">The device's name in lower case: host names do not differ by case.</param>
/// <param name="SessionId">The device's number for it.</param>
/// <param name="Source">The client's address.</param>
/// <param name="SourcePort">The client's port; 0 where there is none.</param>
/// <param name="Destination">The server's address.</param>
/// <param name="DestinationPort">The server's port; 0 where there is none.</param>
/// <param name="Protocol">Number of the IP protocol.</param>
public readonly record struct TableKey(
    string Device, long SessionId, IpAddress Source, int SourcePort, IpAddress Destination, int DestinationPort, byte Protocol);
