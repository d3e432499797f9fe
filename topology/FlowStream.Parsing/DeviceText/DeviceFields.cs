using System.Text.Json;

namespace FlowStream.Parsing.DeviceText;

/// <summary>Names and kinds of <see cref="DeviceField"/>.</summary>
internal static class DeviceFields
{
    /// <summary>Number of fields.</summary>
    public const int Count = (int)DeviceField.EndReasonRaw + 1;

    // Those whose name in records is not that of the enumeration.
    private static readonly Dictionary<DeviceField, string> Renamed = new()
    {
        [DeviceField.SourceNatRuleName] = "src_nat_rule_name",
        [DeviceField.DestinationNatRuleName] = "dst_nat_rule_name",
        [DeviceField.SessionType] = "type",
    };

    private static readonly string[] Names =
    [
        .. Enum.GetValues<DeviceField>()
            .Select(field => Renamed.GetValueOrDefault(field) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString())),
    ];

    /// <summary>The name in JSON.</summary>
    public static string Name(this DeviceField field) => Names[(int)field];

    /// <summary>How its text is read.</summary>
    public static DeviceFieldKind Kind(this DeviceField field) => field switch
    {
        DeviceField.SourceAddress or DeviceField.DestinationAddress
            or DeviceField.NatSourceAddress or DeviceField.NatDestinationAddress => DeviceFieldKind.Address,
        DeviceField.SourcePort or DeviceField.DestinationPort
            or DeviceField.NatSourcePort or DeviceField.NatDestinationPort => DeviceFieldKind.Port,
        DeviceField.ProtocolId => DeviceFieldKind.Protocol,
        DeviceField.StartTime or DeviceField.EventTime => DeviceFieldKind.LocalTime,
        DeviceField.SessionId or (>= DeviceField.ElapsedTime and <= DeviceField.BytesFromServer) => DeviceFieldKind.Number,
        _ => DeviceFieldKind.Text,
    };
}
