using FlowStream.Schemas;

namespace FlowStream.Producers.Simulation;

/// <summary>Says what the topic of denials must hold for a message that says a session was refused.</summary>
internal static class DenialOracle
{
    private const int Icmp = 1;
    private const int EchoRequest = 8;

    // Read from a message as fields, but a denial has none of that name: they stand with the extra keys.
    private static readonly HashSet<string> WithoutField = new(
        ["category", "sub_category", "destination_interface_name", "routing_instance", "src_nat_rule_name", "dst_nat_rule_name"],
        StringComparer.Ordinal);

    /// <summary>The record of the denial.</summary>
    public static Denial Resolve(SimulatedSession session, SimulatedMessage message)
    {
        Dictionary<string, string> texts = MessageReading.Texts(message);
        var record = new Denial
        {
            Time = message.TimeMs,
            DeviceVendor = DeviceVendor.Juniper,
            DeviceHost = Utf8Text.From(session.Device.Host),
            SessionId = message.Fields.Any(field => field.Key is "session-id" or "session-id-32") ? session.Id : null,
            SourceAddress = Utf8Text.From(session.Source),
            SourcePort = session.SourcePort,
            DestinationAddress = Utf8Text.From(session.Destination),
            DestinationPort = session.DestinationPort,
            ProtocolId = session.Application.Protocol,
            IcmpType = session.Application.Protocol == Icmp ? EchoRequest : null,
            ServiceName = MessageReading.Optional(texts, "service_name"),
            PolicyName = MessageReading.Optional(texts, "policy_name"),
            SourceZoneName = MessageReading.Optional(texts, "source_zone_name"),
            DestinationZoneName = MessageReading.Optional(texts, "destination_zone_name"),
            Application = MessageReading.Optional(texts, "application"),
            NestedApplication = MessageReading.Optional(texts, "nested_application"),
            Username = MessageReading.Optional(texts, "username"),
            Roles = MessageReading.Optional(texts, "roles"),
            PacketIncomingInterface = MessageReading.Optional(texts, "packet_incoming_interface"),
            Encrypted = MessageReading.Optional(texts, "encrypted"),
            Reason = MessageReading.Optional(texts, "reason"),
        };
        IEnumerable<(string Key, string Value)> extras = MessageReading.Extras(message)
            .Concat(texts.Where(text => WithoutField.Contains(text.Key)).Select(text => (text.Key, text.Value)));
        foreach ((string key, string value) in extras.OrderBy(extra => extra.Key, StringComparer.Ordinal))
            record.Extras.Add(Utf8Text.From(key), Utf8Text.From(value));
        return record;
    }
}
