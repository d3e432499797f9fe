using System.Text.Json;
using FlowStream.Schemas;

namespace FlowStream.Sessions.Table;

/// <summary>
/// Writes the sessions of the table as JSON objects, with the field names of <c>flow.sessions.v1</c>. What only an end tells
/// (<c>end_time</c>, <c>end_reason</c>, <c>completeness</c>) is left out of sessions that have none.
/// </summary>
public static class OpenSessionJson
{
    /// <summary>Writes <c>{"kind":"session","state":"open",...}</c> for the session that <paramref name="scan"/> has found.</summary>
    public static void Write(Utf8JsonWriter json, SessionScan scan)
    {
        CompletedSession record = scan.Record;
        json.WriteStartObject();
        json.WriteString("kind"u8, "session"u8);
        json.WriteString("state"u8, scan.State.Name());
        WriteIdentity(json, record);
        WriteNat(json, record);
        WriteTexts(json, record);
        RecordJson.WriteTimestamp(json, "start_time"u8, record.StartTime);
        json.WriteString("start_source"u8, record.StartSource.Symbol());
        RecordJson.WriteTimestamp(json, "last_time"u8, scan.LastTime);
        if (scan.State != SessionState.Open) WriteEnd(json, record);
        json.WriteNumber("packets_from_client"u8, record.PacketsFromClient);
        json.WriteNumber("bytes_from_client"u8, record.BytesFromClient);
        json.WriteNumber("packets_from_server"u8, record.PacketsFromServer);
        json.WriteNumber("bytes_from_server"u8, record.BytesFromServer);
        json.WriteNumber("updates"u8, record.Updates);
        RecordJson.WriteTexts(json, "sources"u8, record.Sources);
        RecordJson.WriteRecords(json, "routes"u8, record.Routes);
        RecordJson.WriteMap(json, "extras"u8, record.Extras);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, CompletedSession record)
    {
        RecordJson.WriteText(json, "session_key"u8, record.SessionKey.Span);
        json.WriteString("device_vendor"u8, record.DeviceVendor.Symbol());
        RecordJson.WriteText(json, "device_host"u8, record.DeviceHost.Span);
        WriteText(json, "device_serial"u8, record.DeviceSerial);
        WriteText(json, "logical_system"u8, record.LogicalSystem);
        json.WriteNumber("session_id"u8, record.SessionId);
        RecordJson.WriteText(json, "source_address"u8, record.SourceAddress.Span);
        json.WriteNumber("source_port"u8, record.SourcePort);
        RecordJson.WriteText(json, "destination_address"u8, record.DestinationAddress.Span);
        json.WriteNumber("destination_port"u8, record.DestinationPort);
        json.WriteNumber("protocol_id"u8, record.ProtocolId);
    }

    private static void WriteNat(Utf8JsonWriter json, CompletedSession record)
    {
        json.WriteString("nat"u8, record.Nat.Symbol());
        WriteText(json, "nat_source_address"u8, record.NatSourceAddress);
        if (record.NatSourcePort is { } source) json.WriteNumber("nat_source_port"u8, source);
        WriteText(json, "nat_destination_address"u8, record.NatDestinationAddress);
        if (record.NatDestinationPort is { } destination) json.WriteNumber("nat_destination_port"u8, destination);
        WriteText(json, "src_nat_rule_name"u8, record.SrcNatRuleName);
        WriteText(json, "dst_nat_rule_name"u8, record.DstNatRuleName);
    }

    private static void WriteTexts(Utf8JsonWriter json, CompletedSession record)
    {
        WriteText(json, "service_name"u8, record.ServiceName);
        WriteText(json, "application"u8, record.Application);
        WriteText(json, "nested_application"u8, record.NestedApplication);
        WriteText(json, "category"u8, record.Category);
        WriteText(json, "sub_category"u8, record.SubCategory);
        WriteText(json, "encrypted"u8, record.Encrypted);
        WriteText(json, "policy_name"u8, record.PolicyName);
        WriteText(json, "source_zone_name"u8, record.SourceZoneName);
        WriteText(json, "destination_zone_name"u8, record.DestinationZoneName);
        WriteText(json, "packet_incoming_interface"u8, record.PacketIncomingInterface);
        WriteText(json, "destination_interface_name"u8, record.DestinationInterfaceName);
        WriteText(json, "routing_instance"u8, record.RoutingInstance);
        WriteText(json, "username"u8, record.Username);
        WriteText(json, "roles"u8, record.Roles);
    }

    private static void WriteEnd(Utf8JsonWriter json, CompletedSession record)
    {
        RecordJson.WriteTimestamp(json, "end_time"u8, record.EndTime);
        RecordJson.WriteText(json, "end_reason"u8, record.EndReason.Span);
        WriteText(json, "end_reason_raw"u8, record.EndReasonRaw);
        json.WriteString("completeness"u8, record.Completeness.Symbol());
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, Utf8Text? text)
    {
        if (text is { } present) RecordJson.WriteText(json, name, present.Span);
    }
}
